// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#include "engine/commands/replyto.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stint {

namespace {

Error mistake(const QString &text)
{
    return {ErrorCode::InvalidArgument, u"replyTo: "_s + text};
}

bool isAddress(const QString &text)
{
    return text.startsWith("http://"_L1, Qt::CaseInsensitive) || text.startsWith("https://"_L1, Qt::CaseInsensitive);
}

int hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    const char lower = static_cast<char>(digit | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// What `%XX`, and in a form `+`, stand for; nothing where a `%` is not followed by two hex digits.
std::optional<QByteArray> decoded(const QString &text, bool plusIsBlank)
{
    const QByteArray bytes = text.toUtf8();
    QByteArray result;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '+' && plusIsBlank) {
            result += ' ';
        } else if (bytes[i] == '%') {
            const int high = i + 1 < bytes.size() ? hexValue(bytes[i + 1]) : -1;
            const int low = i + 2 < bytes.size() ? hexValue(bytes[i + 2]) : -1;
            if (high < 0 || low < 0)
                return std::nullopt;
            result += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            result += bytes[i];
        }
    }
    return result;
}

/// `$NAME`: an environment variable.
bool isVariable(const QString &text)
{
    const auto isNameCharacter
        = [](QChar c) { return c == u'_' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); };
    return text.size() > 1 && text.front() == u'$' && std::all_of(text.begin() + 1, text.end(), isNameCharacter);
}

/// What a credential must not set: the body is ours, and so is the connection.
bool isOurs(const QByteArray &header)
{
    const QByteArray name = header.toLower();
    static const QByteArrayList ours{"connection", "host", "te", "trailer", "transfer-encoding", "upgrade"};
    return name.startsWith("content-") || ours.contains(name);
}

Result<void> addHeader(ReplyTo &target, const QString &credential, const ReplyTo::Environment &environment)
{
    const qsizetype colon = credential.indexOf(u':');
    const auto name = decoded(credential.first(colon), true);
    auto value = decoded(credential.sliced(colon + 1), true);
    if (!name || !value)
        return mistake(u"a % in the header is not followed by two hex digits"_s);
    if (name->isEmpty() || value->isEmpty())
        return mistake(u"the header has no name or no value"_s);
    if (isOurs(*name))
        return mistake(u"this header cannot be set"_s);
    if (const QString text = QString::fromUtf8(*value); isVariable(text)) {
        const auto found = environment(text.sliced(1));
        if (!found)
            return found.error();
        value = *found;
    }
    const bool isBareToken = name->toLower() == "authorization" && !value->contains(' ');
    target.headers.append({*name, isBareToken ? "Bearer " + *value : *value});
    return {};
}

Result<void> addBearer(ReplyTo &target, const QString &credential, const ReplyTo::Environment &environment)
{
    if (isVariable(credential)) {
        const auto found = environment(credential.sliced(1));
        if (!found)
            return found.error();
        target.headers.append({"Authorization", "Bearer " + *found});
        return {};
    }
    const auto token = decoded(credential, false); // a + is common in tokens
    if (!token)
        return mistake(u"a % in the token is not followed by two hex digits"_s);
    target.headers.append({"Authorization", "Bearer " + *token});
    return {};
}

Result<void> addCredential(ReplyTo &target, const QString &credential, const ReplyTo::Environment &environment)
{
    static constexpr QLatin1StringView header{"http."};
    if (credential.isEmpty())
        return mistake(u"nothing stands before the @"_s);
    if (!credential.contains(u':'))
        return addBearer(target, credential, environment);
    if (credential.startsWith(header))
        return addHeader(target, credential.sliced(header.size()), environment);
    const auto userAndPassword = decoded(credential, true);
    if (!userAndPassword)
        return mistake(u"a % in the user or password is not followed by two hex digits"_s);
    target.headers.append({"Authorization", "Basic " + userAndPassword->toBase64()});
    return {};
}

} // namespace

Result<ReplyTo> ReplyTo::parse(const QString &text, const Environment &environment)
{
    ReplyTo target;
    QString rest = text;
    if (!isAddress(rest)) {
        if (const qsizetype blank = rest.indexOf(u' '); blank >= 0) {
            target.method = rest.first(blank).toUtf8();
            rest = rest.sliced(blank + 1);
        }
    }
    if (!isAddress(rest)) {
        if (const qsizetype at = rest.indexOf(u'@'); at >= 0) {
            if (const auto added = addCredential(target, rest.first(at), environment); !added)
                return added.error();
            rest = rest.sliced(at + 1);
        }
    }
    target.url = isAddress(rest) ? QUrl(rest, QUrl::StrictMode) : QUrl();
    if (!target.url.isValid())
        return mistake(u"not an http or https address, after an optional method and credentials"_s);
    if (const QString wrong = HttpExchange::mistakeIn({.method = target.method, .url = target.url, .headers = target.headers});
        !wrong.isEmpty())
        return mistake(wrong);
    return target;
}

} // namespace stint
