// SPDX-FileCopyrightText: 2026 The Stint authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/console/dialogs/jobform.h"

#include "app/console/theme.h"
#include "engine/retrypolicy.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

namespace stint {

namespace {

constexpr int mostRetries = 1000;
constexpr int hostsDefault = -1;
constexpr int requestHeight = 120;

/// Null: it is one JSON value.
QString whyNotJson(const QByteArray &text)
{
    if (text.trimmed().isEmpty())
        return JobForm::tr("The request is empty; without fields it is {}.");
    // In brackets, for a value need not be an object.
    QJsonParseError error;
    const QJsonDocument parsed = QJsonDocument::fromJson('[' + text + ']', &error);
    if (error.error == QJsonParseError::NoError)
        return parsed.array().size() == 1 ? QString() : JobForm::tr("The request is more than one JSON value.");
    QByteArray before = text.left(std::max(0, error.offset - 1));
    while (!before.isEmpty() && before.back() <= ' ') // the parser was past them when it noticed
        before.chop(1);
    const auto line = before.count('\n') + 1;
    const auto column = QString::fromUtf8(before.mid(before.lastIndexOf('\n') + 1)).size() + 1;
    return JobForm::tr("The request is not JSON: %1 near line %2, column %3.").arg(error.errorString()).arg(line).arg(column);
}

} // namespace

JobForm::JobForm(KnownCommands known, QWidget *parent)
    : QWidget(parent)
    , m_known(std::move(known))
    , m_form(new QFormLayout(this))
    , m_kind(new QComboBox(this))
    , m_name(new QComboBox(this))
    , m_request(new QPlainTextEdit(QStringLiteral("{}"), this))
    , m_hint(new QLabel(this))
    , m_worker(new QLineEdit(this))
    , m_tag(new QLineEdit(this))
    , m_retries(new QSpinBox(this))
    , m_timeout(new QLineEdit(this))
    , m_transient(new QCheckBox(tr("Run without recording a job"), this))
    , m_force(new QCheckBox(tr("Save though no running host knows it"), this))
{
    m_kind->setObjectName(QStringLiteral("scheduleKind"));
    m_kind->setAccessibleName(tr("Command or API"));
    m_kind->addItems({tr("Command"), tr("API")});
    m_name->setObjectName(QStringLiteral("scheduleCommand"));
    m_name->setAccessibleName(tr("Name of the command or API"));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_name->setMinimumContentsLength(20);
    m_name->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_name->completer()->setFilterMode(Qt::MatchContains);
    m_request->setObjectName(QStringLiteral("scheduleRequest"));
    m_request->setAccessibleName(tr("Request, JSON"));
    m_request->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_request->setMinimumHeight(requestHeight);
    m_request->setTabChangesFocus(true);
    m_hint->setObjectName(QStringLiteral("scheduleHint"));
    m_hint->setWordWrap(true);
    m_hint->setTextFormat(Qt::PlainText);
    m_worker->setObjectName(QStringLiteral("scheduleWorker"));
    m_worker->setPlaceholderText(tr("none: beside other jobs"));
    m_worker->setToolTip(tr("Jobs of one worker run one at a time"));
    m_tag->setObjectName(QStringLiteral("scheduleTag"));
    m_retries->setObjectName(QStringLiteral("scheduleRetries"));
    m_retries->setRange(hostsDefault, mostRetries);
    m_retries->setSpecialValueText(tr("as the host has it"));
    m_retries->setValue(hostsDefault);
    m_timeout->setObjectName(QStringLiteral("scheduleTimeout"));
    m_timeout->setPlaceholderText(tr("as the host has it; else 30s, 10m"));
    m_transient->setObjectName(QStringLiteral("scheduleTransient"));
    m_force->setObjectName(QStringLiteral("scheduleForce"));
    makeLayout();
    offerNames();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        offerNames();
        update();
    });
    connect(m_name, &QComboBox::editTextChanged, this, &JobForm::update);
    connect(m_request, &QPlainTextEdit::textChanged, this, [this] {
        m_isRequestTouched = true;
        update();
    });
    connect(m_timeout, &QLineEdit::textChanged, this, &JobForm::update);
    connect(m_force, &QCheckBox::toggled, this, &JobForm::changed);
    update();
}

void JobForm::makeLayout()
{
    auto *what = new QHBoxLayout;
    what->setSpacing(6);
    what->addWidget(m_kind);
    what->addWidget(m_name, 1);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(12);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("Runs"), what);
    m_form->addRow(QString(), m_force);
    m_form->addRow(tr("Request"), m_request);
    m_form->addRow(QString(), m_hint);
    m_form->addRow(tr("Worker"), m_worker);
    m_form->addRow(tr("Tag"), m_tag);
    m_form->addRow(tr("Retries"), m_retries);
    m_form->addRow(tr("Time-out"), m_timeout);
    m_form->addRow(QString(), m_transient);
}

void JobForm::addFirst(const QString &label, QWidget *field)
{
    m_form->insertRow(0, label, field);
}

void JobForm::addLast(QWidget *field)
{
    m_form->addRow(QString(), field);
}

void JobForm::offerNames()
{
    const QString typed = m_name->currentText();
    const QSignalBlocker quiet(m_name);
    m_name->clear();
    m_name->addItems(m_known.names(isApi()));
    m_name->setCurrentIndex(-1);
    m_name->setEditText(typed);
    m_name->lineEdit()->setPlaceholderText(m_name->count() > 0 ? tr("choose or type a name") : tr("type a name"));
}

void JobForm::setTask(const ScheduledTask &task)
{
    m_original = task.job();
    m_kind->setCurrentIndex(task.isApi() ? 1 : 0);
    m_name->setEditText(task.jobName());
    m_request->setPlainText(QString::fromUtf8(m_original.requestBody));
    m_isRequestTouched = false;
    const JobOptions &options = m_original.options;
    m_worker->setText(options.worker);
    m_tag->setText(options.tag);
    m_retries->setValue(options.retryLimit.value_or(hostsDefault));
    m_timeout->setText(options.timeout ? toDurationText(*options.timeout) : QString());
    m_transient->setChecked(task.isTransient());
    update();
}

bool JobForm::isApi() const
{
    return m_kind->currentIndex() == 1;
}

QString JobForm::name() const
{
    return m_name->currentText().trimmed();
}

bool JobForm::isTransient() const
{
    return m_transient->isChecked() && !isApi();
}

std::optional<std::chrono::seconds> JobForm::timeout() const
{
    const auto length = parseDuration(m_timeout->text().trimmed());
    constexpr std::chrono::seconds longest{std::numeric_limits<int>::max()};
    if (!length || *length < std::chrono::seconds{1} || *length > longest || *length % std::chrono::seconds{1} != std::chrono::seconds{0})
        return {};
    return std::chrono::duration_cast<std::chrono::seconds>(*length);
}

QString JobForm::requestProblem() const
{
    // What is not touched goes on as it is, byte for byte.
    return m_isRequestTouched ? whyNotJson(m_request->toPlainText().toUtf8()) : QString();
}

QString JobForm::problem() const
{
    if (name().isEmpty())
        return isApi() ? tr("Say which API it runs.") : tr("Say which command it runs.");
    if (m_known.isRefused(name(), isApi()) && !m_force->isChecked())
        return tr("No running host knows “%1”.").arg(name());
    if (QString why = requestProblem(); !why.isEmpty())
        return why;
    if (!m_timeout->text().trimmed().isEmpty() && !timeout())
        return tr("The time-out is not a whole number of seconds: 30s, 10m.");
    return {};
}

NewJob JobForm::job() const
{
    NewJob job = m_original;
    const QString before = job.name;
    job.name = name();
    job.isApi = isApi();
    if (const CommandInfo *info = m_known.find(job.name, job.isApi))
        job.requestName = info->request;
    else if (job.isApi || job.name != before)
        job.requestName = QString();
    if (m_isRequestTouched)
        job.requestBody = m_request->toPlainText().toUtf8();
    const auto textOf = [](const QLineEdit *edit) {
        const QString text = edit->text().trimmed();
        return text.isEmpty() ? QString() : text; // null: none
    };
    job.options.worker = textOf(m_worker);
    job.options.tag = textOf(m_tag);
    job.options.retryLimit = m_retries->value() == hostsDefault ? std::nullopt : std::optional(m_retries->value());
    job.options.timeout = timeout();
    job.force = m_force->isVisibleTo(this) && m_force->isChecked();
    return job;
}

QString JobForm::fieldsText() const
{
    const CommandInfo *info = m_known.find(name(), isApi());
    if (!info || info->fields.isEmpty())
        return {};
    QStringList fields;
    for (const RequestField &field : info->fields)
        fields.append(field.defaultValue.isEmpty() ? tr("%1 (%2)").arg(field.name, field.type)
                                                   : tr("%1 (%2, else %3)").arg(field.name, field.type, field.defaultValue));
    return tr("Fields: %1").arg(fields.join(QStringLiteral(", ")));
}

void JobForm::update()
{
    m_force->setVisible(m_known.isRefused(name(), isApi()));
    m_transient->setEnabled(!isApi());
    m_transient->setToolTip(isApi() ? tr("Only a command can be run without a job")
                                    : tr("Its runs leave no trace; one that its host dies in is lost"));
    const QString wrong = requestProblem();
    const QString text = wrong.isEmpty() ? fieldsText() : wrong;
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, wrong.isEmpty() ? theme::mutedText() : theme::stateColor(JobState::Failed));
    m_hint->setPalette(ink);
    Q_EMIT changed();
}

} // namespace stint
