// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobjson.h"
#include "tests/fuzz/require.h"

using namespace stint;
using namespace Qt::StringLiterals;

static bool contains(const QString &text, QStringView part)
{
    return text.contains(part, Qt::CaseInsensitive);
}

/// Masking is total and idempotent, and no credential survives it, whatever it is made of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(toBytes(data, size));
    const QString masked = maskedReplyTo(text);
    require(maskedReplyTo(masked) == masked);

    const bool isAddress = text.startsWith(u"http://", Qt::CaseInsensitive) || text.startsWith(u"https://", Qt::CaseInsensitive)
        || contains(text, u"@http://") || contains(text, u"@https://");
    if (!isAddress) {
        QString whole = maskedReplyTo(u"PUT "_s + text + u"@https://h/cb?m=a@b"_s);
        for (const QString &kind : {u"Bearer "_s, u"Basic "_s, u"Header "_s}) {
            if (whole.startsWith(u"PUT "_s + kind))
                whole.remove(4, kind.size());
        }
        require(whole == u"PUT ••••@https://h/cb?m=a@b"_s);
    }

    const bool endsAuthority = text.contains(u'/') || text.contains(u'?') || text.contains(u'#') || text.contains(u'\\');
    if (!endsAuthority)
        require(maskedReplyTo(u"https://"_s + text + u"@h/cb?m=a@b"_s) == u"https://••••@h/cb?m=a@b"_s);
    return 0;
}
