// SPDX-FileCopyrightText: The Sparekey developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QValidator>
#include <QtQml/qqmlregistration.h>

namespace Sparekey {

/// Limits the text of a field to `most` user-perceived characters. The field's own `maximumLength`
/// counts UTF-16 code units and could cut an emoji in half.
class CharacterLimit : public QValidator
{
    Q_OBJECT
    QML_ELEMENT
    /// 0 means no limit.
    Q_PROPERTY(int most MEMBER m_most NOTIFY mostChanged FINAL)

public:
    explicit CharacterLimit(QObject *parent = nullptr);

    State validate(QString &input, int &position) const override;

Q_SIGNALS:
    void mostChanged();

private:
    int m_most = 0;
};

} // namespace Sparekey
