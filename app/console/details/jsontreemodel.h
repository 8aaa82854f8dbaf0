// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAbstractItemModel>
#include <QByteArray>

#include <memory>
#include <vector>

namespace stint {

/// A JSON text as a tree of names and values. Numbers are the text's own characters, members keep their order, and
/// one that comes twice is there twice. GUI thread.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    /// False if it is no JSON, or has more values than are shown: the tree is then empty.
    bool setJson(const QByteArray &json);

    static constexpr int nodeLimit = 50'000;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    struct Node;

private:
    [[nodiscard]] const Node *nodeOf(const QModelIndex &index) const;

    std::unique_ptr<Node> m_root;
};

} // namespace stint
