// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace stint::jsv {

/// A reader of JSV, the text form of ServiceStack up to 8.8. JSV has no types: whether `{a:b}` is an object or a
/// text is known only to who asks, so this takes one level apart at a time and never recurses. Tokens are
/// views into the text. Source: storage format, section 2.
struct Member {
    QByteArrayView key;   ///< as it stands there; see text()
    QByteArrayView value; ///< empty: null
};

/// The members of `{…}`; nothing, if the text is not exactly one object.
[[nodiscard]] std::optional<std::vector<Member>> members(QByteArrayView object);

/// The items of `[…]`; nothing, if the text is not exactly one list. An empty item is null.
[[nodiscard]] std::optional<std::vector<QByteArrayView>> items(QByteArrayView list);

/// The text that a token stands for: unwrapped if it is quoted, else as it is, spaces included. Of keys that hold
/// a quote this gives what was written, where ServiceStack's own reader leaves the quotes doubled.
[[nodiscard]] QString text(QByteArrayView token);

} // namespace stint::jsv
