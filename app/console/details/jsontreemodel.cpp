// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/details/jsontreemodel.h"

#include "models/modelroles.h"

#include <simdjson.h>

namespace stint {

namespace ondemand = simdjson::ondemand;

struct JsonTreeModel::Node {
    QString name;
    QString value;
    bool isContainer = false;
    Node *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

constexpr int depthLimit = 200;

/// Reads one text; throws simdjson_error where it is not JSON, std::length_error where it is too much.
class Reader
{
public:
    using Node = JsonTreeModel::Node;

    void read(Node &into, ondemand::value value, int depth)
    {
        if (++m_nodes > JsonTreeModel::nodeLimit || depth > depthLimit)
            throw std::length_error("too much for a tree");
        switch (value.type()) {
        case ondemand::json_type::object:
            into.isContainer = true;
            for (ondemand::field field : value.get_object()) {
                const std::string_view name = field.unescaped_key();
                read(append(into, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()))), field.value(), depth + 1);
            }
            into.value = into.children.empty() ? QStringLiteral("{}") : QString();
            break;
        case ondemand::json_type::array:
            into.isContainer = true;
            for (ondemand::value element : value.get_array())
                read(append(into, QString::number(into.children.size())), element, depth + 1);
            into.value = into.children.empty() ? QStringLiteral("[]") : QStringLiteral("[%1]").arg(into.children.size());
            break;
        case ondemand::json_type::string: {
            const std::string_view text = value.get_string();
            into.value = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
            break;
        }
        default: readScalar(into, value);
        }
    }

    /// A number, true, false or null: checked, and kept as it is written.
    template <typename Value>
    static void readScalar(Node &into, Value &value)
    {
        const std::string_view token = value.raw_json_token();
        into.value = QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size())).trimmed();
        switch (value.type()) {
        case ondemand::json_type::boolean: static_cast<void>(bool(value.get_bool())); break;
        case ondemand::json_type::null: static_cast<void>(value.is_null()); break;
        default: {
            double ignored = 0;
            const auto error = value.get_double().get(ignored);
            // Out of a double's range is still a number.
            if (error && error != simdjson::NUMBER_ERROR && error != simdjson::NUMBER_OUT_OF_RANGE)
                throw simdjson::simdjson_error(error);
        }
        }
    }

private:
    static Node &append(Node &to, const QString &name)
    {
        auto child = std::make_unique<Node>();
        child->name = name;
        child->parent = &to;
        child->row = static_cast<int>(to.children.size());
        to.children.push_back(std::move(child));
        return *to.children.back();
    }

    int m_nodes = 0;
};

/// Line ends as signs, so that the first line is not taken for all.
QString oneLine(QString text)
{
    return text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n")).replace(QLatin1Char('\n'), QStringLiteral(" ⏎ "));
}

std::unique_ptr<JsonTreeModel::Node> parse(const QByteArray &json)
{
    auto root = std::make_unique<JsonTreeModel::Node>();
    try {
        const simdjson::padded_string padded(json.constData(), static_cast<std::size_t>(json.size()));
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded);
        if (document.is_scalar())
            return nullptr; // a single value needs no tree
        Reader().read(*root, document.get_value(), 0);
        const char *rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS)
            return nullptr; // something stands behind the value
    } catch (const std::exception &) {
        return nullptr;
    }
    return root;
}

} // namespace

JsonTreeModel::JsonTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

bool JsonTreeModel::setJson(const QByteArray &json)
{
    auto root = parse(json);
    const bool ok = root != nullptr;
    beginResetModel();
    m_root = ok ? std::move(root) : std::make_unique<Node>();
    endResetModel();
    return ok;
}

const JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<const Node *>(index.constInternalPointer()) : m_root.get();
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &child) const
{
    const Node *up = child.isValid() ? nodeOf(child)->parent : nullptr;
    return up == nullptr || up == m_root.get() ? QModelIndex() : createIndex(up->row, 0, up);
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return 2;
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node *node = nodeOf(index);
    const QString &text = index.column() == 0 ? node->name : node->value;
    switch (role) {
    case Qt::DisplayRole: return oneLine(text.left(10'000));
    case Qt::ToolTipRole: return text.left(2'000);
    case FullTextRole: return text;
    default: return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Name") : tr("Value");
}

} // namespace stint
