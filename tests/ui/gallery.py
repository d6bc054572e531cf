"""Every part of the kit on one picture, for the eye: `python -m tests.ui.gallery OUT.png`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cashier.domain.money import Money
from cashier.ui.theme import ThemeController, ThemeName, current_theme
from cashier.ui.widgets.amount import Amount, AmountSize
from cashier.ui.widgets.badge import Badge
from cashier.ui.widgets.band import Band
from cashier.ui.widgets.button import Button, Kind, Size
from cashier.ui.widgets.card import Card, Rule
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.countdown import Countdown
from cashier.ui.widgets.empty_state import EmptyState, Skeleton
from cashier.ui.widgets.field import Field
from cashier.ui.widgets.focus_ring import FocusRing
from cashier.ui.widgets.footer_hint import FooterHint
from cashier.ui.widgets.key_value import KeyValue
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.nav_tile import NavTile
from cashier.ui.widgets.qr_view import QrView
from cashier.ui.widgets.stepper import Stepper
from cashier.ui.widgets.suggestion_list import KeyHint, Suggestion, SuggestionList
from cashier.ui.widgets.switch import CheckBox, Switch
from cashier.ui.widgets.table import Column, TableFrame, TableView
from cashier.ui.widgets.timeline import Step, StepState, Timeline
from cashier.ui.widgets.tone import Tone
from tests.ui.receipt_model import ReceiptModel

URL = "https://pay.invoice.su/order/9f1c7a52e0b14d2c8e6f3a7b5d901234"


def row(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side."""
    layout = QHBoxLayout()
    layout.setSpacing(current_theme().px(14))
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return layout


class Gallery(QWidget):
    """The kit at its 1366 x 1200 picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = current_theme()
        self.resize(theme.px(1366), theme.px(1900))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(theme.px(40),) * 4)
        self.column.setSpacing(theme.px(12))
        for part in (
            self.buttons,
            self.fields,
            self.states,
            self.bands,
            self.empties,
            self.payment,
            self.sale,
        ):
            part()
        self.column.addStretch(1)
        self.ring = FocusRing(self)

    def head(self, text: str) -> None:
        label = Label(text, role=Role.STRONG, tone="2")
        self.column.addSpacing(current_theme().px(8))
        self.column.addWidget(label)

    def buttons(self) -> None:
        self.head("Главная кнопка, остальные кнопки")
        plain = Button("Показать QR", name="g.a", kind=Kind.PRIMARY, keycap="F12")
        down = Button("Показать QR", name="g.b", kind=Kind.PRIMARY, keycap="F12")
        down.setDown(True)
        self.focused = Button("Показать QR", name="g.c", kind=Kind.PRIMARY, keycap="F12")
        off = Button("Показать QR", name="g.d", kind=Kind.PRIMARY, keycap="F12")
        off.setEnabled(False)
        busy = Button("Показать QR", name="g.e", kind=Kind.PRIMARY, keycap="F12")
        busy.set_busy("Создаём…")
        self.column.addLayout(row(plain, down, self.focused, off, busy))
        second = Button("Отложить", name="g.f", keycap="F7")
        pressed = Button("Отложить", name="g.g", keycap="F7")
        pressed.setDown(True)
        disabled = Button("Отложить", name="g.h", keycap="F7")
        disabled.setEnabled(False)
        danger = Button("Отменить платёж", name="g.i", kind=Kind.DANGER, keycap="Esc")
        quiet = Button("Все клавиши", name="g.j", kind=Kind.QUIET, keycap="F1")
        stepper = Stepper(name="g.k", accessible="Количество", less="Меньше", more="Больше")
        stepper.show_value("2")
        self.column.addLayout(row(second, pressed, disabled, danger, quiet, stepper))

    def fields(self) -> None:
        self.head("Поля, флажки, переключатели")
        empty = Field(name="g.l", accessible="Артикул", placeholder="Артикул")
        named = Field("Название", name="g.m", limit=50, counter="%1 из %2", strong=False)
        named.set_text("Летняя веранда")
        choose = ComboBox(name="g.n", accessible="Причина")
        choose.addItems(["Не подошёл товар", "Ошибка"])
        wrong = Field(name="g.o", accessible="Сумма")
        wrong.set_text("3 200,00")
        wrong.set_error("Больше остатка 2 675,87 ₽")
        off = Field(name="g.p", accessible="Касса")
        off.set_text("Касса 2")
        off.set_enabled(False)
        key = Field("Ключ API", name="g.q", hint="хранит Windows", secret=True)
        key.set_text("0123456789abcdef")
        key.add_reveal(name="g.q.reveal", accessible="Показать ключ")
        line = row(empty, named, choose, wrong, off, key, stretch=False)
        for number in range(line.count()):
            item = line.itemAt(number)
            if item is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(line)
        ticked = CheckBox("Печатать слип", name="g.r")
        ticked.setChecked(True)
        on = Switch("Сенсорный режим", name="g.s")
        on.setChecked(True)
        self.column.addLayout(
            row(ticked, CheckBox("Звук", name="g.t"), on, Switch("Тёмная тема", name="g.u"))
        )
        one = Choice(
            "Динамический",
            name="g.v",
            detail="Новый QR на каждый чек. Обычный выбор для кассы.",
        )
        two = Choice("Статический", name="g.w", detail="Один печатный QR; нужна цена по умолчанию.")
        big = Choice(
            "Учебный режим",
            name="g.x",
            detail="Без ключей и денег. Шлюз внутри программы отвечает сам.\n"
            "Каждый экран и слип помечен.",
            icon="graduation-cap",
            large=True,
        )
        one.setChecked(True)
        self.column.addLayout(row(one, two, big, stretch=False))

    def states(self) -> None:
        self.head("Состояния: значок + слово")
        known = (
            ("Ждём оплату", Tone.ACCENT, "hourglass"),
            ("Оплачен", Tone.OK, "circle-check"),
            ("Отказ", Tone.BAD, "circle-x"),
            ("Отменён", Tone.MUTE, "ban"),
            ("Истёк", Tone.MUTE, "timer-off"),
            ("Исход неизвестен", Tone.WARN, "circle-question-mark"),
            ("Возвращён", Tone.REFUND, "undo-2"),
            ("Оплачен после отмены", Tone.LATE, "circle-alert"),
        )
        self.column.addLayout(row(*(Badge(text, tone=tone, icon=i) for text, tone, i in known)))

    def bands(self) -> None:
        self.head("Полосы-сообщения")
        bands = [Band(name=f"g.band{number}") for number in range(4)]
        bands[0].add_button(Button("Проверить", name="g.y", size=Size.SM, keycap="F5"))
        bands[1].add_button(Button("Решить", name="g.z", size=Size.SM))
        first, second = (
            row(*bands[:2], stretch=False),
            row(*bands[2:], stretch=False),
        )
        self.column.addLayout(first)
        self.column.addLayout(second)
        bands[0].show_message("Нет связи со шлюзом, QR недоступен", tone=Tone.WARN, icon="wifi-off")
        bands[1].show_message("Оплачен после отмены: 1 524,00 ₽, чек 187-053", tone=Tone.BAD)
        bands[2].show_message("Раскладка была EN: искали «cjr» как «сок» <b>x</b>")
        bands[3].show_message(
            "Нет связи со шлюзом, QR действует",
            tone=Tone.WARN,
            icon="wifi-off",
            detail="Не показывайте второй QR; касса проверит сама",
            right_caption="последний ответ",
            right="38 с назад",
        )

    def empties(self) -> None:
        cards = Card(padding=8), Card(), Card(edge=Tone.ACCENT)
        state = EmptyState(
            "Чек пуст",
            name="g.empty",
            icon="scan-barcode",
            detail="Отсканируйте товар или начните вводить название",
        )
        state.add_button(Button("Свободная цена", name="g.aa", size=Size.SM, keycap="F10"))
        cards[0].body.addWidget(state)
        cards[1].body.addWidget(Skeleton())
        cards[2].body.addWidget(Label("Скажите покупателю", tone="2"))
        cards[2].body.addWidget(
            Label("«На карте не хватает денег. Можно другой картой».", role=Role.QUOTE, wrap=True)
        )
        cards[2].body.addStretch(1)
        self.column.addLayout(row(*cards, stretch=False))

    def payment(self) -> None:
        self.head("Оплата")
        amount = Amount(name="g.amount", size=AmountSize.L)
        amount.show_money("ru", Money(237601))
        code = QrView(name="g.qr", accessible="QR")
        code.set_text(URL)
        code.setFixedSize(current_theme().px(424), current_theme().px(424))
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(Label("К оплате", role=Role.LEAD))
        left.addWidget(amount)
        left.addWidget(code)
        left.addStretch(1)
        left.addStretch(1)
        line = Timeline(name="g.timeline")
        line.show_steps(
            (
                Step("Платёж создан", "14:32:06", StepState.DONE),
                Step("QR-код показан", "14:32:07 · здесь", StepState.DONE),
                Step("Оплата и ответ банка", "карта или СБП", StepState.CURRENT),
                Step("Оплачено"),
            )
        )
        count = Countdown("QR-код скоро истечёт", name="g.count")
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(Label("Ждём оплату…", role=Role.STATUS))
        middle.addWidget(Label("проверено 1 с назад · идёт 0:24", role=Role.LEAD))
        middle.addSpacing(current_theme().px(16))
        middle.addWidget(line)
        middle.addStretch(1)
        middle.addWidget(count)
        count.show_left(103)
        whole = QHBoxLayout()
        whole.setSpacing(current_theme().px(40))
        whole.addLayout(left)
        whole.addLayout(middle, 1)
        whole.addWidget(self.side())
        self.column.addLayout(whole)

    def side(self) -> QWidget:
        side = Card(padding=24)
        side.setFixedWidth(current_theme().px(384))
        head = row(Label("Чек 187-058", role=Role.PANEL_HEAD), stretch=True)
        head.addWidget(Label("8 позиций", role=Role.PANEL_NOTE))
        side.body.addLayout(head)
        side.body.addWidget(Rule())
        side.body.addWidget(KeyValue("Без скидок", "2 578,49 ₽", name="g.kv1"))
        side.body.addWidget(
            KeyValue("Скидка на чек 3 %", "−73,48 ₽", name="g.kv2", keycap="Shift+F6")
        )
        side.body.addWidget(Label("Итого", role=Role.TOTAL))
        total = Amount(name="g.total")
        total.show_money("ru", Money(237601))
        side.body.addWidget(total)
        side.body.addWidget(
            Button(
                "Показать QR",
                name="g.ba",
                kind=Kind.PRIMARY,
                size=Size.XL,
                icon="qr-code",
                keycap="F12",
                spread=True,
            )
        )
        side.body.addWidget(
            Button(
                "Проверить сейчас",
                name="g.bb",
                kind=Kind.PRIMARY,
                size=Size.LG,
                icon="refresh-cw",
                keycap="F5",
                spread=True,
            )
        )
        side.body.addLayout(
            row(
                Button("Отложить", name="g.bc", keycap="F7"),
                Button("Очистить", name="g.bd", icon="trash-2"),
                stretch=False,
            )
        )
        side.body.addStretch(1)
        return side

    def sale(self) -> None:
        rail = QVBoxLayout()
        for text, icon in (("Продажа", "shopping-cart"), ("Платежи", "list")):
            tile = NavTile(text, name=f"g.{icon}", icon=icon)
            tile.setFixedWidth(current_theme().px(79))
            tile.setChecked(icon == "shopping-cart")
            tile.set_count(4 if icon == "list" else 0)
            rail.addWidget(tile)
        rail.addStretch(1)
        self.entry = Field(
            name="g.entry",
            accessible="Поиск",
            icon="scan-barcode",
            keycap="F2",
            height="entry",
        )
        self.entry.set_text("сок")
        table = TableView(name="g.table", accessible="Чек")
        table.setModel(ReceiptModel(table))
        table.set_columns(
            (
                Column(width=52, right=True),
                Column(),
                Column(width=140, right=True),
                Column(width=160, right=True),
                Column(width=130, right=True),
            )
        )
        table.choose_row(3)
        frame = TableFrame(table)
        frame.setFixedHeight(current_theme().px(320))
        main = QVBoxLayout()
        main.addWidget(self.entry)
        main.addWidget(frame)
        main.addLayout(
            row(FooterHint("F2", "Поиск", name="g.h1"), FooterHint("F4", "Кол-во", name="g.h2"))
        )
        whole = QHBoxLayout()
        whole.addLayout(rail)
        whole.addLayout(main, 1)
        self.column.addLayout(whole)
        self.suggestions = SuggestionList(self, name="g.suggest", accessible="Подсказки")
        self.suggestions.setFixedWidth(current_theme().px(626))
        self.suggestions.set_hints(
            (KeyHint(("↑", "↓"), "выбрать"), KeyHint(("Enter",), "добавить"))
        )

    def settle(self) -> None:
        """What needs the finished layout."""
        self.suggestions.show_suggestions(
            (
                Suggestion(
                    text="Сок яблочный осветлённый, 1 л", detail="арт. 10412", right="139,90 ₽"
                ),
                Suggestion(text="Сок апельсиновый с мякотью, 1 л", right="159,90 ₽"),
            ),
            query="сок",
            found="найдено 2",
        )
        corner = self.entry.mapTo(self, QPoint(0, 0))
        self.suggestions.move(corner.x() + current_theme().px(420), corner.y() + 180)


def main(arguments: Sequence[str] | None = None) -> int:
    """Grab the gallery into a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--scale", type=int, default=100)
    options = parser.parse_args(arguments)
    application = QApplication(sys.argv[:1])
    ThemeController(application, name=ThemeName(options.theme), scale=options.scale)
    gallery = Gallery()
    layout = gallery.layout()
    if layout is not None:
        gallery.resize(gallery.width(), layout.totalHeightForWidth(gallery.width()))
    gallery.show()
    gallery.settle()
    gallery.focused.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(gallery.windowHandle(), Qt.Key.Key_Shift)
    application.processEvents()
    picture: QPixmap = gallery.grab()
    return 0 if picture.save(options.out) else 1


if __name__ == "__main__":
    sys.exit(main())
