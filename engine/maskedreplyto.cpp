// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/jobjson.h"

#include <algorithm>
#include <initializer_list>

namespace stint {

namespace {

constexpr QStringView mask = u"••••";

QString joined(std::initializer_list<QStringView> parts)
{
    QString text;
    for (const QStringView part : parts)
        text += part;
    return text;
}

/// The length of `http://` or `https://` at the front, or 0.
qsizetype schemeLength(QStringView text)
{
    for (const QStringView scheme : {QStringView(u"http://"), QStringView(u"https://")}) {
        if (text.startsWith(scheme, Qt::CaseInsensitive))
            return scheme.size();
    }
    return 0;
}

/// A port that is none: the colon belongs to a user and password, which a raw slash cut off from their `@`.
bool hasBadPort(QStringView authority)
{
    const qsizetype colon = authority.indexOf(u':', std::max<qsizetype>(authority.indexOf(u']'), 0));
    const QStringView port = colon < 0 ? QStringView() : authority.sliced(colon + 1);
    return !std::all_of(port.begin(), port.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// An address with scheme: what stands before the `@` of its authority is masked. An `@` in its path or query is not
/// a credential.
QString maskedUrl(QStringView url)
{
    const qsizetype scheme = schemeLength(url);
    const auto isEnd = [](QChar c) { return c == u'/' || c == u'?' || c == u'#' || c == u'\\'; };
    const auto end = std::find_if(url.begin() + scheme, url.end(), isEnd) - url.begin();
    const QStringView authority = url.first(end).sliced(scheme);
    qsizetype at = url.first(end).lastIndexOf(u'@');
    if (at < scheme && hasBadPort(authority))
        at = url.lastIndexOf(u'@');
    return at < scheme ? url.toString() : joined({url.first(scheme), mask, url.sliced(at)});
}

/// What kind of credentials it was that an address is preceded by. Masked ones stay as they are.
QString maskedCredentials(QStringView credentials)
{
    if (credentials == mask)
        return mask.toString();
    for (const QStringView kind : {u"Bearer ", u"Basic ", u"Header "}) {
        if (credentials == joined({kind, mask}))
            return credentials.toString();
    }
    if (!credentials.contains(u':'))
        return joined({u"Bearer ", mask});
    return joined({credentials.startsWith(u"http.", Qt::CaseInsensitive) ? u"Header " : u"Basic ", mask});
}

/// `method ` at the front, or nothing. Anything but letters is not a method: it may be half of a password.
qsizetype methodLength(QStringView text)
{
    const qsizetype space = text.indexOf(u' ');
    const auto isLetter = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    return std::all_of(text.begin(), text.begin() + std::max<qsizetype>(space, 0), isLetter) ? space + 1 : 0;
}

} // namespace

// `[method ]address` or `[method ]credentials@address`, storage format 8. Where it is not clear what a hostile text
// means, more is masked rather than less.
QString maskedReplyTo(const QString &replyTo)
{
    if (schemeLength(replyTo) > 0)
        return maskedUrl(replyTo);

    const qsizetype method = methodLength(replyTo);
    const QStringView front = QStringView(replyTo).first(method);
    const QStringView rest = QStringView(replyTo).sliced(method);
    if (schemeLength(rest) > 0)
        return joined({front, maskedUrl(rest)});

    for (qsizetype at = rest.indexOf(u'@'); at >= 0; at = rest.indexOf(u'@', at + 1)) {
        if (schemeLength(rest.sliced(at + 1)) > 0)
            return joined({front, maskedCredentials(rest.first(at)), u"@", maskedUrl(rest.sliced(at + 1))});
    }
    if (const qsizetype at = rest.lastIndexOf(u'@'); at >= 0)
        return joined({front, mask, rest.sliced(at)});
    if (rest.startsWith(u"http.", Qt::CaseInsensitive))
        return joined({front, mask});
    return replyTo;
}

} // namespace stint
