"""Settings, section «Language and look»: what the till looks and sounds like."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cashier.settings import Language, Settings, Theme
from cashier.ui.formats import HARD_SPACE, percent
from cashier.ui.pages.settings_section import SettingsSection
from cashier.ui.theme import SCALES, follow_theme
from cashier.ui.theme import Theme as Look
from cashier.ui.translation import current_language
from cashier.ui.widgets.choice import Choice
from cashier.ui.widgets.combo_box import ComboBox
from cashier.ui.widgets.label import Label, Role
from cashier.ui.widgets.switch import Switch

SMALLEST = (1024, 640)
_VOLUMES = tuple(range(0, 101, 10))
_NAMES = {Language.RUSSIAN: "Русский", Language.ENGLISH: "English"}


def scales_for(width: int, height: int) -> tuple[int, ...]:
    """The scales that leave 1024 × 640 on a screen of that size (decisions 8)."""
    fits = tuple(
        scale
        for scale in SCALES
        if SMALLEST[0] * scale <= width * 100 and SMALLEST[1] * scale <= height * 100
    )
    return fits or SCALES[:1]


class LookSection(SettingsSection):
    """Applies at once when it is saved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("look", parent)
        self._language_label = Label(role=Role.STRONG)
        self._languages = {
            language: Choice(_NAMES[language], name=f"settings.language.{language.value}")
            for language in Language
        }
        self._theme_label = Label(role=Role.STRONG)
        self._themes = {theme: Choice("", name=f"settings.theme.{theme.value}") for theme in Theme}
        self._scale_label = Label(role=Role.STRONG)
        self._scale = ComboBox(name="settings.scale", accessible="scale")
        self._volume_label = Label(role=Role.STRONG)
        self._volume = ComboBox(name="settings.volume", accessible="volume")
        self._sound = Switch("", name="settings.sound")
        self._touch = Switch("", name="settings.touch")
        self._full_screen = Switch("", name="settings.full_screen")
        self._scales: list[int] = []
        self._volumes: list[int] = []
        self._arrange()
        self._connect()
        self.show_settings(Settings())
        self.retranslate()
        follow_theme(self.restyle)

    def _arrange(self) -> None:
        languages, themes = _row(*self._languages.values()), _row(*self._themes.values())
        for choice in (*self._languages.values(), *self._themes.values()):
            _centre(choice)
        self._boxes = tuple(
            _boxed(label, widget)
            for label, widget in (
                (self._language_label, languages),
                (self._theme_label, themes),
                (self._scale_label, self._scale),
                (self._volume_label, self._volume),
            )
        )
        self._rows = (languages, themes)
        self._grid = QGridLayout()
        self._grid.addLayout(self._boxes[2], 0, 0)
        self._grid.addLayout(self._boxes[3], 0, 1)
        self._switches = QHBoxLayout()
        for switch in (self._touch, self._full_screen, self._sound):
            self._switches.addWidget(switch)
        self._switches.addStretch(1)
        self._grid.addLayout(self._switches, 1, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._boxes[0])
        self.body.addLayout(self._boxes[1])
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for choice in (*self._languages.values(), *self._themes.values()):
            choice.clicked.connect(self.edited)
            choice.toggled.connect(self._edit)
        self._scale.activated.connect(self._edit)
        self._volume.activated.connect(self._edit)
        for switch in (self._sound, self._touch, self._full_screen):
            switch.toggled.connect(self._edit)

    def restyle(self, look: Look) -> None:
        for box in self._boxes:
            box.setSpacing(look.px(8))
        for row in self._rows:
            inner = row.layout()
            if inner is not None:
                inner.setSpacing(look.px(12))
        self._grid.setHorizontalSpacing(look.px(18))
        self._grid.setVerticalSpacing(look.px(12))
        self._switches.setSpacing(look.px(40))
        for switch in (self._sound, self._touch, self._full_screen):
            switch.setMinimumHeight(look.px(44))

    def show_settings(self, settings: Settings) -> None:
        language = settings.language or Language(current_language())
        self._languages[language].setChecked(True)
        self._themes[settings.theme].setChecked(True)
        room = self.screen().availableGeometry()
        self._scales = sorted({*scales_for(room.width(), room.height()), settings.scale_percent})
        self._volumes = sorted({*_VOLUMES, settings.sound_volume})
        self._fill()
        self._scale.setCurrentIndex(self._scales.index(settings.scale_percent))
        self._volume.setCurrentIndex(self._volumes.index(settings.sound_volume))
        self._sound.setChecked(settings.is_sound_on)
        self._touch.setChecked(settings.is_touch)
        self._full_screen.setChecked(settings.is_full_screen)
        self._paint()

    def values(self) -> dict[str, object]:
        language = next(one for one, choice in self._languages.items() if choice.isChecked())
        return {
            "language": language,
            "theme": next(one for one, choice in self._themes.items() if choice.isChecked()),
            "scale_percent": self._scales[max(self._scale.currentIndex(), 0)],
            "sound_volume": self._volumes[max(self._volume.currentIndex(), 0)],
            "is_sound_on": self._sound.isChecked(),
            "is_touch": self._touch.isChecked(),
            "is_full_screen": self._full_screen.isChecked(),
        }

    def focus_first(self) -> None:
        for choice in self._languages.values():
            if choice.isChecked():
                choice.setFocus()

    def _edit(self) -> None:
        self._paint()
        self.edited.emit()

    def _paint(self) -> None:
        self._volume.setEnabled(self._sound.isChecked())

    def _fill(self) -> None:
        language = current_language()
        for box, choices in ((self._scale, self._scales), (self._volume, self._volumes)):
            chosen = box.currentIndex()
            box.clear()
            for value in choices:
                box.addItem(percent(language, value).replace(" ", HARD_SPACE))
            box.setCurrentIndex(max(chosen, 0))

    def retranslate(self) -> None:
        self.set_title(self.tr("Language and look"))
        self._language_label.setText(self.tr("Language"))
        self._theme_label.setText(self.tr("Theme"))
        names = {
            Theme.SYSTEM: self.tr("As the system"),
            Theme.LIGHT: self.tr("Light"),
            Theme.DARK: self.tr("Dark"),
        }
        for theme, text in names.items():
            self._themes[theme].show_texts(text)
        self._scale_label.setText(self.tr("Scale"))
        self._scale.setAccessibleName(self.tr("Scale"))
        self._volume_label.setText(self.tr("Volume"))
        self._volume.setAccessibleName(self.tr("Volume"))
        self._sound.setText(self.tr("Sounds"))
        self._touch.setText(self.tr("Touch mode"))
        self._full_screen.setText(self.tr("Full screen"))
        self._fill()


def _row(*choices: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for choice in choices:
        layout.addWidget(choice, 1)
    return row


def _boxed(label: Label, widget: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.addWidget(label)
    box.addWidget(widget)
    return box


def _centre(choice: Choice) -> None:
    """A title without details stands in the middle of its card."""
    layout = choice.layout()
    if isinstance(layout, QVBoxLayout):
        layout.insertStretch(0, 1)
