<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>О программе</translation>
    </message>
    <message>
        <source>Cashier, version {0}</source>
        <translation>Касса, версия {0}</translation>
    </message>
    <message>
        <source>A till that takes QR payments through Invoice.</source>
        <translation>Касса, которая принимает оплату по QR через Invoice.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Папка данных</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>Copy the path of the data folder</source>
        <translation>Скопировать путь к папке данных</translation>
    </message>
    <message>
        <source>The work of others</source>
        <translation>Сторонние компоненты</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Лицензия</translation>
    </message>
    <message>
        <source>Licence of {0}</source>
        <translation>Лицензия: {0}</translation>
    </message>
</context>
<context>
    <name>Account</name>
    <message>
        <source>Enter the Merchant ID</source>
        <translation>Введите Merchant ID</translation>
    </message>
    <message>
        <source>Enter the key of the new Merchant ID</source>
        <translation>Введите ключ нового Merchant ID</translation>
    </message>
    <message>
        <source>Enter the API key</source>
        <translation>Введите ключ API</translation>
    </message>
    <message>
        <source>A key has Latin letters, digits and signs only, and no spaces</source>
        <translation>В ключе бывают только латинские буквы, цифры и знаки, без пробелов</translation>
    </message>
    <message>
        <source>This Merchant ID is the guide’s example; it is for training only</source>
        <translation>Это Merchant ID из примера в руководстве, он только для обучения</translation>
    </message>
    <message>
        <source>A proxy is written http://host:port, without a password</source>
        <translation>Прокси пишут так: http://хост:порт, без пароля</translation>
    </message>
    <message>
        <source>The address must begin with https://</source>
        <translation>Адрес должен начинаться с https://</translation>
    </message>
    <message>
        <source>This is no address: it reads https://host/path</source>
        <translation>Это не адрес: он выглядит так: https://хост/путь</translation>
    </message>
</context>
<context>
    <name>AdministratorForm</name>
    <message>
        <source>Enter the name</source>
        <translation>Введите имя</translation>
    </message>
    <message>
        <source>Last and first name</source>
        <translation>Фамилия и имя</translation>
    </message>
    <message>
        <source>seen by cashiers and in the journal</source>
        <translation>видны кассирам и в журнале</translation>
    </message>
</context>
<context>
    <name>AdministratorStep</name>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Changes keys and settings and adds staff. Without the PIN these pages are shut.</source>
        <translation>Он меняет ключи и настройки и добавляет сотрудников. Без ПИН-кода эти разделы закрыты.</translation>
    </message>
    <message>
        <source>The shared journal has its people</source>
        <translation>В общем журнале уже есть сотрудники</translation>
    </message>
    <message>
        <source>Sign in with the PIN you have at the other tills. Administrators: {0}</source>
        <translation>Войдите с ПИН-кодом, который у вас на других кассах. Администраторы: {0}</translation>
    </message>
    <message>
        <source>The other staff</source>
        <translation>Остальные сотрудники</translation>
    </message>
    <message>
        <source>Cashiers, seniors and managers are added in Settings, Staff. A cashier has 4 digits, the others 6. While there are none, the administrator sells.</source>
        <translation>Кассиры, старшие и менеджеры — в разделе «Настройки», «Сотрудники». У кассира 4 цифры, у остальных 6. Пока их нет, продаёт администратор.</translation>
    </message>
    <message>
        <source>If the PIN is forgotten</source>
        <translation>Если ПИН-код забыт</translation>
    </message>
    <message>
        <source>Only an administrator of this computer’s system can reset it. The reset stays in the journal.</source>
        <translation>Его сбросит только администратор Windows на этом компьютере. Сброс останется в журнале операций.</translation>
    </message>
</context>
<context>
    <name>AdoptDialog</name>
    <message>
        <source>Type the number from the slip or the cabinet</source>
        <translation>Введите номер со слипа или из кабинета</translation>
    </message>
    <message>
        <source>Take in a payment of another journal: {0}</source>
        <translation>Принять платёж из другого журнала: {0}</translation>
    </message>
    <message>
        <source>The gateway does not know such a payment</source>
        <translation>Шлюз не знает такого платежа</translation>
    </message>
    <message>
        <source>Find at the gateway</source>
        <translation>Найти в шлюзе</translation>
    </message>
    <message>
        <source>A payment that was made on another till or before a restore. The order number is under the slip’s barcode, the payment number in the gateway’s cabinet.</source>
        <translation>Платёж с другой кассы или сделанный до восстановления. Номер заказа напечатан под штрихкодом слипа, номер платежа есть в кабинете шлюза.</translation>
    </message>
    <message>
        <source>Order or payment number</source>
        <translation>Номер заказа или платежа</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Найти</translation>
    </message>
</context>
<context>
    <name>AllKeysDialog</name>
    <message>
        <source>All keys</source>
        <translation>Все клавиши</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>AskingDialog</name>
    <message>
        <source>Asking the gateway…</source>
        <translation>Спрашиваем шлюз…</translation>
    </message>
</context>
<context>
    <name>BankTexts</name>
    <message>
        <source>The payment of {0} did not go through, no money was taken.</source>
        <translation>Оплата {0} не прошла, деньги не списаны.</translation>
    </message>
    <message>
        <source>The payment of {0} is not confirmed, the till will check once more.</source>
        <translation>Оплата {0} не подтверждена, касса проверит ещё раз.</translation>
    </message>
    <message>
        <source>The bank declined the payment</source>
        <translation>Банк отклонил оплату</translation>
    </message>
    <message>
        <source>The bank did not confirm the payment and gave no reason. I will check once more, then we can try again.</source>
        <translation>Банк не подтвердил оплату и не назвал причину. Проверю ещё раз, потом попробуем снова.</translation>
    </message>
    <message>
        <source>The bank takes it for a repeated payment</source>
        <translation>Банк счёл платёж повторным</translation>
    </message>
    <message>
        <source>The bank is checking the payment. Please do not pay again until I tell you.</source>
        <translation>Банк проверяет платёж. Пока не платите ещё раз — я скажу, когда будет ясно.</translation>
    </message>
    <message>
        <source>The bank ran out of time</source>
        <translation>Банк не успел провести оплату</translation>
    </message>
    <message>
        <source>The bank did not finish in time. I will check once more, please wait a moment.</source>
        <translation>Банк не успел ответить. Проверю ещё раз, подождите минуту.</translation>
    </message>
    <message>
        <source>The payer was not confirmed</source>
        <translation>Плательщик не подтверждён</translation>
    </message>
    <message>
        <source>The bank could not confirm that it was you. Please check the card’s details and the code from the message; I will show a new QR code.</source>
        <translation>Банк не смог подтвердить, что платите вы. Проверьте данные карты и код из сообщения — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The bank denied access</source>
        <translation>Банк отказал в доступе</translation>
    </message>
    <message>
        <source>The bank did not accept our till’s request. I will check once more and call my senior.</source>
        <translation>Банк не принял запрос нашей кассы. Проверю ещё раз и позову старшего.</translation>
    </message>
    <message>
        <source>The bank did not understand the request</source>
        <translation>Банк не понял запрос</translation>
    </message>
    <message>
        <source>The bank did not accept our till’s request. I will call my senior.</source>
        <translation>Банк не принял запрос нашей кассы. Сейчас позову старшего.</translation>
    </message>
    <message>
        <source>The card is restricted</source>
        <translation>На карте стоит ограничение</translation>
    </message>
    <message>
        <source>The bank restricts payments with this card. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>Банк ограничил оплату этой картой. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The card’s bank declined without a reason</source>
        <translation>Банк отказал без объяснения</translation>
    </message>
    <message>
        <source>Your bank declined and did not say why; it can tell you. You can pay with another card or by SBP.</source>
        <translation>Ваш банк отказал и не назвал причину — её можно узнать у банка. Оплатить можно другой картой или через СБП.</translation>
    </message>
    <message>
        <source>The bank does not allow this operation</source>
        <translation>Банк не разрешил эту операцию</translation>
    </message>
    <message>
        <source>The bank does not allow this payment with this card. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>Банк не разрешает такую оплату этой картой. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>There is no such card</source>
        <translation>Такой карты нет</translation>
    </message>
    <message>
        <source>The bank does not know this card. Please check its number or take another card — I will show a new QR code.</source>
        <translation>Банк не знает такой карты. Проверьте номер или возьмите другую карту — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The card is reported lost</source>
        <translation>Карта отмечена как утерянная</translation>
    </message>
    <message>
        <source>The bank does not take this card; it can tell you why. You can pay with another card or by SBP.</source>
        <translation>Банк не принимает эту карту, причину скажет он сам. Оплатить можно другой картой или через СБП.</translation>
    </message>
    <message>
        <source>The card is reported stolen</source>
        <translation>Карта отмечена как украденная</translation>
    </message>
    <message>
        <source>Not enough money on the card</source>
        <translation>Недостаточно средств на карте</translation>
    </message>
    <message>
        <source>There is not enough money on the card. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>На карте не хватает денег. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The card has expired</source>
        <translation>Срок действия карты истёк</translation>
    </message>
    <message>
        <source>The card has expired, or its date was typed wrongly. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>Срок карты истёк или указан неверно. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>Not allowed for this card</source>
        <translation>Операция не разрешена для карты</translation>
    </message>
    <message>
        <source>Your bank does not allow such payments with this card. Ask the bank, or pay with another card or by SBP.</source>
        <translation>Ваш банк не разрешает такие оплаты этой картой. Спросите в банке или оплатите другой картой либо через СБП.</translation>
    </message>
    <message>
        <source>Not allowed for this shop</source>
        <translation>Операция не разрешена магазину</translation>
    </message>
    <message>
        <source>The bank does not allow our shop to take this payment. I will call my senior.</source>
        <translation>Банк не разрешает нашему магазину принять эту оплату. Сейчас позову старшего.</translation>
    </message>
    <message>
        <source>The bank suspects fraud</source>
        <translation>Банк подозревает мошенничество</translation>
    </message>
    <message>
        <source>The bank stopped the payment for your safety. Please call your bank, or pay with another card or by SBP.</source>
        <translation>Банк остановил оплату для вашей безопасности. Позвоните в банк или оплатите другой картой либо через СБП.</translation>
    </message>
    <message>
        <source>Over the card’s limit of a sum</source>
        <translation>Превышен лимит суммы по карте</translation>
    </message>
    <message>
        <source>The sum is over your card’s limit. You can raise it in your bank’s app, or pay with another card or by SBP.</source>
        <translation>Сумма больше лимита вашей карты. Лимит можно поднять в приложении банка или оплатить другой картой либо через СБП.</translation>
    </message>
    <message>
        <source>The card is closed for payments</source>
        <translation>Карта закрыта для платежей</translation>
    </message>
    <message>
        <source>The bank has closed this card for such payments. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>Банк закрыл эту карту для таких платежей. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>Too many payments with this card</source>
        <translation>Слишком много операций по карте</translation>
    </message>
    <message>
        <source>The card has reached its limit of payments. You can pay with another card or by SBP — I will show a new QR code.</source>
        <translation>По карте исчерпан лимит операций. Можно оплатить другой картой или через СБП — покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The card’s bank did not answer in time</source>
        <translation>Банк карты не ответил вовремя</translation>
    </message>
    <message>
        <source>Your bank did not answer. I will check once more, then we try again.</source>
        <translation>Ваш банк не ответил. Проверю ещё раз, потом повторим.</translation>
    </message>
    <message>
        <source>The card’s bank cannot be reached</source>
        <translation>Банк карты недоступен</translation>
    </message>
    <message>
        <source>Your bank cannot be reached now. I will check once more, then we try again or take another card.</source>
        <translation>Ваш банк сейчас недоступен. Проверю ещё раз, потом повторим или возьмём другую карту.</translation>
    </message>
    <message>
        <source>The bank declined because of the law</source>
        <translation>Банк отказал по требованию закона</translation>
    </message>
    <message>
        <source>Your bank declined and asks you to call it. You can pay with another card or by SBP.</source>
        <translation>Ваш банк отказал и просит обратиться к нему. Оплатить можно другой картой или через СБП.</translation>
    </message>
    <message>
        <source>The bank may have done it already</source>
        <translation>Банк мог уже провести оплату</translation>
    </message>
    <message>
        <source>The payment may already have gone through. Please do not pay again; I will check once more.</source>
        <translation>Оплата могла уже пройти. Второй раз не платите — проверю ещё раз.</translation>
    </message>
    <message>
        <source>The bank has a fault</source>
        <translation>Сбой на стороне банка</translation>
    </message>
    <message>
        <source>The bank has a fault. I will check once more, then we try again or take another card.</source>
        <translation>У банка сбой. Проверю ещё раз, потом повторим или возьмём другую карту.</translation>
    </message>
</context>
<context>
    <name>CheckTexts</name>
    <message>
        <source>The journal is whole: {0} events, {1} payments, {2} refunds</source>
        <translation>Журнал цел: событий {0}, платежей {1}, возвратов {2}</translation>
    </message>
    <message>
        <source>The journal is not whole, problems: {0}. The first: {1}</source>
        <translation>Журнал повреждён, несовпадений: {0}. Первое: {1}</translation>
    </message>
    <message>
        <source>“cashier --verify-journal” names all of them.</source>
        <translation>Все назовёт команда «cashier --verify-journal».</translation>
    </message>
    <message>
        <source>The whole journal is read. A big one takes minutes.</source>
        <translation>Читаем весь журнал. Если он большой, это займёт несколько минут.</translation>
    </message>
    <message>
        <source>You can go on selling; the end is told here.</source>
        <translation>Продавать можно и сейчас; итог появится здесь.</translation>
    </message>
    <message>
        <source>Each start checks what is new, each copy all of it. Nobody has asked for a check since this start.</source>
        <translation>При каждом запуске проверяется новое, при каждой копии всё. С этого запуска проверку ещё не просили.</translation>
    </message>
    <message>
        <source>Last checked {0}: whole</source>
        <translation>Последняя проверка {0}: журнал цел</translation>
    </message>
    <message>
        <source>Last checked {0}: not whole, problems: {1}</source>
        <translation>Последняя проверка {0}: журнал повреждён, несовпадений: {1}</translation>
    </message>
</context>
<context>
    <name>Checklist</name>
    <message>
        <source>Before the shift is closed</source>
        <translation>Перед закрытием смены</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Open the parked receipts</source>
        <translation>Открыть отложенные чеки</translation>
    </message>
    <message>
        <source>Open payments: {0}</source>
        <translation>Незавершённых платежей: {0}</translation>
    </message>
    <message>
        <source>Cancel them, or hand them over when closing</source>
        <translation>Отмените их или передайте при закрытии</translation>
    </message>
    <message>
        <source>No open payments</source>
        <translation>Незавершённых платежей нет</translation>
    </message>
    <message>
        <source>Parked receipts: {0}</source>
        <translation>Отложенных чеков: {0}</translation>
    </message>
    <message>
        <source>Open or delete them</source>
        <translation>Откройте или удалите их</translation>
    </message>
    <message>
        <source>No parked receipts</source>
        <translation>Отложенных чеков нет</translation>
    </message>
    <message>
        <source>Payments to be decided: {0}</source>
        <translation>Платежей, требующих решения: {0}</translation>
    </message>
    <message>
        <source>They are printed and carried over</source>
        <translation>Печатаются и переходят в следующую смену</translation>
    </message>
    <message>
        <source>Unknown refunds: {0}</source>
        <translation>Возвратов с неизвестным исходом: {0}</translation>
    </message>
    <message>
        <source>Refunds pending: {0}</source>
        <translation>Возвратов в обработке: {0}</translation>
    </message>
    <message>
        <source>The till goes on asking the gateway</source>
        <translation>Касса продолжает спрашивать шлюз</translation>
    </message>
    <message>
        <source>Refunds confirmed by the gateway</source>
        <translation>Возвраты подтверждены шлюзом</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Waiting payments</source>
        <translation>Ждущие платежи</translation>
    </message>
    <message>
        <source>Payments to look at: {0}</source>
        <translation>Ждут внимания: {0}</translation>
    </message>
    <message>
        <source>Waiting for payment: {0}</source>
        <translation>Ждут оплаты: {0}</translation>
    </message>
    <message>
        <source>Waits for payment</source>
        <translation>Ждёт оплаты</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>No more than {0} is left of “{1}”</source>
        <translation>Осталось не больше {0}: «{1}»</translation>
    </message>
</context>
<context>
    <name>CloseDialog</name>
    <message>
        <source>Close shift no. {0}? (Z report)</source>
        <translation>Закрыть смену №&#xa0;{0}? (Z-отчёт)</translation>
    </message>
    <message>
        <source>Sales: {0}</source>
        <translation>Продажи: {0}</translation>
    </message>
    <message>
        <source>Refunds: {0}</source>
        <translation>Возвраты: {0}</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Выручка</translation>
    </message>
    <message>
        <source>Why it is closed in spite of that</source>
        <translation>Почему закрываете, несмотря на это</translation>
    </message>
    <message>
        <source>Kept in the record with the report</source>
        <translation>Останется в журнале вместе с отчётом</translation>
    </message>
    <message>
        <source>A closed shift is not opened again. The next sale opens the next one.</source>
        <translation>Закрытую смену снова не открыть. Следующая продажа откроет новую.</translation>
    </message>
    <message>
        <source>Do not close</source>
        <translation>Не закрывать</translation>
    </message>
    <message>
        <source>Close the shift (Z)</source>
        <translation>Закрыть смену (Z)</translation>
    </message>
    <message>
        <source>Not checked against the gateway</source>
        <translation>Сверки со шлюзом не было</translation>
    </message>
    <message>
        <source>F5 on the page checks; it is not required</source>
        <translation>Сверить можно клавишей F5 на странице смены, но не обязательно</translation>
    </message>
    <message>
        <source>Differences from the gateway: {0}</source>
        <translation>Расхождений со шлюзом: {0}</translation>
    </message>
    <message>
        <source>The gateway did not answer about: {0}</source>
        <translation>Шлюз не ответил, осталось без проверки: {0}</translation>
    </message>
    <message>
        <source>The gateway says the same</source>
        <translation>Сверка со шлюзом: расхождений нет</translation>
    </message>
    <message>
        <source>refund #{0} · Outcome unknown · {1}</source>
        <translation>возврат #{0} · Исход неизвестен · {1}</translation>
    </message>
    <message>
        <source>Printed and carried over: {0}</source>
        <translation>Печатаются и переходят в следующую смену: {0}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>и ещё {0}</translation>
    </message>
    <message>
        <source>Hand over open payments: {0}, {1}</source>
        <translation>Передать незавершённые платежи: {0} на {1}</translation>
    </message>
</context>
<context>
    <name>ClosingDialog</name>
    <message>
        <source>Close the till? The customer can still pay</source>
        <translation>Закрыть кассу? Покупатель ещё может заплатить</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Остаться</translation>
    </message>
    <message>
        <source>Close the till</source>
        <translation>Закрыть кассу</translation>
    </message>
    <message>
        <source>Cancel the payment</source>
        <translation>Отменить платёж</translation>
    </message>
    <message>
        <source>QR codes still valid: {0}, {1}.</source>
        <translation>Действуют QR: {0} на {1}.</translation>
    </message>
    <message>
        <source>QR codes still valid: {0}.</source>
        <translation>Действуют QR: {0}.</translation>
    </message>
    <message>
        <source>The outcome of the payment for receipt {0} is unknown. The till will check it at the next start.</source>
        <translation>Исход платежа по чеку {0} неизвестен. Касса проверит его при следующем запуске.</translation>
    </message>
    <message>
        <source>The QR stays valid: receipt {0}, {1}.</source>
        <translation>QR остаётся действительным: чек {0}, {1}.</translation>
    </message>
    <message>
        <source>If it is paid, the till will find out at the next start. Do not hand over the goods before the green screen.</source>
        <translation>Если покупатель заплатит, касса узнает об этом при следующем запуске. Товар до зелёного экрана не отдавайте.</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message>
        <source>Check the address of the gateway, then try again.</source>
        <translation>Проверьте адрес шлюза и повторите.</translation>
    </message>
    <message>
        <source>No link to the gateway</source>
        <translation>Нет связи со шлюзом</translation>
    </message>
    <message>
        <source>Check this computer’s network and the gateway’s address, then try again.</source>
        <translation>Проверьте сеть этого компьютера и адрес шлюза, затем повторите.</translation>
    </message>
    <message>
        <source>The gateway did not answer in time</source>
        <translation>Шлюз не ответил вовремя</translation>
    </message>
    <message>
        <source>Check this computer’s network, then try again.</source>
        <translation>Проверьте сеть этого компьютера и повторите.</translation>
    </message>
    <message>
        <source>The proxy refused the connection</source>
        <translation>Прокси отказал в соединении</translation>
    </message>
    <message>
        <source>Check the proxy’s address, or ask whoever runs this network.</source>
        <translation>Проверьте адрес прокси или спросите того, кто отвечает за сеть.</translation>
    </message>
    <message>
        <source>The certificate was not accepted</source>
        <translation>Сертификат не принят</translation>
    </message>
    <message>
        <source>Check this computer’s date. If the network inspects traffic, name its CA file. The till never connects without a valid certificate.</source>
        <translation>Проверьте дату на компьютере. Если сеть просматривает трафик, укажите её файл CA. Без верного сертификата касса не соединяется.</translation>
    </message>
    <message>
        <source>The gateway did not accept the Merchant ID or the key</source>
        <translation>Шлюз не принял Merchant ID или ключ</translation>
    </message>
    <message>
        <source>Copy both again from your Invoice account.</source>
        <translation>Скопируйте их ещё раз из личного кабинета Invoice.</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} мс</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
    <message>
        <source>This till’s clock is {0} slow</source>
        <translation>Часы кассы отстают на {0}</translation>
    </message>
    <message>
        <source>This till’s clock is {0} fast</source>
        <translation>Часы кассы спешат на {0}</translation>
    </message>
</context>
<context>
    <name>ConnectionCard</name>
    <message>
        <source>checked at {0}</source>
        <translation>проверено в {0}</translation>
    </message>
    <message>
        <source>Connected, the keys are right</source>
        <translation>Связь есть, ключи верны</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Связи нет</translation>
    </message>
    <message>
        <source>The gateway answers, the keys are wrong</source>
        <translation>Шлюз отвечает, ключи неверны</translation>
    </message>
    <message>
        <source>Connected, but the till’s clock is wrong</source>
        <translation>Связь есть, но часы кассы неверны</translation>
    </message>
    <message>
        <source>{0} through the proxy</source>
        <translation>{0} через прокси</translation>
    </message>
    <message>
        <source>The gateway answered</source>
        <translation>Шлюз ответил</translation>
    </message>
    <message>
        <source>The keys are accepted</source>
        <translation>Ключи приняты</translation>
    </message>
    <message>
        <source>up to {0} s is fine</source>
        <translation>допустимо до {0} с</translation>
    </message>
    <message>
        <source>Set this computer’s clock, or let the system do it.</source>
        <translation>Поставьте часы компьютера или поручите это системе.</translation>
    </message>
    <message>
        <source>There is no terminal {0}; for the keys that does not matter</source>
        <translation>Терминала {0} нет; ключам это не мешает</translation>
    </message>
    <message>
        <source>Terminal {0} is there</source>
        <translation>Терминал {0} найден</translation>
    </message>
    <message>
        <source>Terminal {0} is there: {1}, {2}</source>
        <translation>Терминал {0} найден: {1}, {2}</translation>
    </message>
    <message>
        <source>Answer of the gateway</source>
        <translation>Ответ шлюза</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Ключи</translation>
    </message>
    <message>
        <source>Terminal {0}</source>
        <translation>Терминал {0}</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Часы</translation>
    </message>
</context>
<context>
    <name>Content</name>
    <message>
        <source>Opening the shift…</source>
        <translation>Открываем смену…</translation>
    </message>
    <message>
        <source>The shift is closed</source>
        <translation>Смена закрыта</translation>
    </message>
    <message>
        <source>It opens with the first sale, or by hand</source>
        <translation>Откроется с первой продажей или вручную</translation>
    </message>
    <message>
        <source>Open the shift</source>
        <translation>Открыть смену</translation>
    </message>
</context>
<context>
    <name>CopyList</name>
    <message>
        <source>What happened after the copy is not in it. Payments made since then are found at the gateway by their number (Payments, F6). Refunds wait until a manager has looked up those made since then in the Invoice account and entered them. Receipts put aside may have been paid meanwhile. People and PINs are those of the copy.
The journal as it is now stays beside it under another name.</source>
        <translation>Того, что было после копии, в ней нет. Платежи, принятые с тех пор, находятся в шлюзе по номеру (Платежи, F6). Возвраты ждут, пока менеджер не найдёт в личном кабинете Invoice сделанные с тех пор и не внесёт их. Отложенные чеки за это время могли быть оплачены. Сотрудники и ПИН-коды — те, что в копии.
Нынешний журнал останется рядом под другим именем.</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>The program made a mistake</source>
        <translation>Ошибка в программе</translation>
    </message>
    <message>
        <source>The journal is whole: no payment is lost. Payments under way are still followed. If a payment was on screen, check it (F5) before showing another QR. Tell support what is written below; the log has the rest.</source>
        <translation>Журнал цел: ни один платёж не потерян. За начатыми платежами касса следит дальше. Если на экране был платёж, проверьте его (F5), прежде чем показывать новый QR. Сообщите поддержке то, что написано ниже; остальное есть в журнале программы.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Скопировать</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>DecidePaymentDialog</name>
    <message>
        <source>Say why: the reason is kept with the payment</source>
        <translation>Укажите причину: она останется в платеже</translation>
    </message>
    <message>
        <source>Recording…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>The receipt has been paid for otherwise or has changed: the sale cannot be restored. Give the money back.</source>
        <translation>Чек уже оплачен иначе или изменился: восстановить продажу нельзя. Верните деньги.</translation>
    </message>
    <message>
        <source>To the refund</source>
        <translation>К возврату</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Решить</translation>
    </message>
    <message>
        <source>Decide: receipt {0}</source>
        <translation>Решение по чеку {0}</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>required</source>
        <translation>обязательно</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Не решать</translation>
    </message>
    <message>
        <source>{0} came when the payment was already taken for over. The money is with the shop.</source>
        <translation>{0} пришли, когда платёж уже считался законченным. Деньги у магазина.</translation>
    </message>
    <message>
        <source>The receipt is {0}; the gateway’s answer differs: {1}.</source>
        <translation>В чеке {0}; в ответе шлюза не совпадает: {1}.</translation>
    </message>
    <message>
        <source>Nobody knows whether {0} have been paid. The till goes on asking the gateway.</source>
        <translation>Неизвестно, оплачены ли {0}. Касса продолжает спрашивать шлюз.</translation>
    </message>
    <message>
        <source>Restore the sale</source>
        <translation>Восстановить продажу</translation>
    </message>
    <message>
        <source>The goods are handed over, the receipt becomes paid. By: {0}.</source>
        <translation>Товар отдают, чек становится оплаченным. Решает: {0}.</translation>
    </message>
    <message>
        <source>Give the money back</source>
        <translation>Вернуть деньги</translation>
    </message>
    <message>
        <source>Opens the refund. Nothing is sent before F12 there.</source>
        <translation>Откроется возврат. До F12 в нём ничего не отправится.</translation>
    </message>
    <message>
        <source>Accept with a reason</source>
        <translation>Принять с причиной</translation>
    </message>
    <message>
        <source>The payment stays as it is. By: {0}.</source>
        <translation>Платёж остаётся как есть. Решает: {0}.</translation>
    </message>
    <message>
        <source>Take it as unpaid, watch on</source>
        <translation>Считать неоплаченным, следить дальше</translation>
    </message>
    <message>
        <source>The receipt is free for a new QR. Money that comes after all becomes a red task. By: {0}.</source>
        <translation>По чеку можно показать новый QR. Если деньги всё же придут, появится красная задача. Решает: {0}.</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Ждать</translation>
    </message>
    <message>
        <source>Nothing changes; the till goes on asking.</source>
        <translation>Ничего не меняется, касса спрашивает дальше.</translation>
    </message>
</context>
<context>
    <name>DeclareDialog</name>
    <message>
        <source>Type a sum with at most two decimals, 0 for none</source>
        <translation>Введите сумму, не больше двух знаков после запятой; 0, если не возвращали</translation>
    </message>
    <message>
        <source>More than was paid: {0}</source>
        <translation>Больше, чем было оплачено: {0}</translation>
    </message>
    <message>
        <source>Say where this is from</source>
        <translation>Укажите, откуда это известно</translation>
    </message>
    <message>
        <source>Refunded before: {0} of {1}</source>
        <translation>Возвращено ранее: {0} из {1}</translation>
    </message>
    <message>
        <source>Recording…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>How much was refunded before?</source>
        <translation>Сколько уже возвращено?</translation>
    </message>
    <message>
        <source>The payment of {0} is taken in. The gateway does not tell what was refunded: look it up in its cabinet. Nothing of it can be refunded here before that.</source>
        <translation>Платёж {0} принят. Шлюз не сообщает, сколько по нему вернули: посмотрите в кабинете. До этого вернуть по нему здесь ничего нельзя.</translation>
    </message>
    <message>
        <source>Refunded before</source>
        <translation>Возвращено ранее</translation>
    </message>
    <message>
        <source>0 if nothing was</source>
        <translation>0, если не возвращали</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>e.g. by the cabinet, 24 Nov</source>
        <translation>например, по кабинету, 24 ноября</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Позже</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Записать</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Refund of receipt {0}</source>
        <translation>Возврат по чеку {0}</translation>
    </message>
    <message>
        <source>Order {0}</source>
        <translation>Заказ {0}</translation>
    </message>
    <message>
        <source>Receipt {0}</source>
        <translation>Чек {0}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестен</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Show the QR again</source>
        <translation>Показать QR снова</translation>
    </message>
    <message>
        <source>To the payment</source>
        <translation>К платежу</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Press again</source>
        <translation>Нажмите ещё раз</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Refund the receipt</source>
        <translation>Возврат по чеку</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Возврат</translation>
    </message>
    <message>
        <source>Copy, PDF</source>
        <translation>Копия PDF</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Решить</translation>
    </message>
    <message>
        <source>Decide on the refund</source>
        <translation>Решить возврат</translation>
    </message>
    <message>
        <source>Back to the refund</source>
        <translation>К возврату</translation>
    </message>
    <message>
        <source>Say what was refunded</source>
        <translation>Указать возвраты</translation>
    </message>
    <message>
        <source>Refunded in the account</source>
        <translation>Возврат из кабинета</translation>
    </message>
    <message>
        <source>Payment details</source>
        <translation>Подробности платежа</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>Held by refunds</source>
        <translation>Занято возвратами</translation>
    </message>
    <message>
        <source>Left to refund</source>
        <translation>Остаток к возврату</translation>
    </message>
</context>
<context>
    <name>DiagnosticsSection</name>
    <message>
        <source>ZIP archive (*.zip)</source>
        <translation>Архив ZIP (*.zip)</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>The file is written</source>
        <translation>Файл записан</translation>
    </message>
    <message>
        <source>The file was not written to {0}: {1}. Choose another folder.</source>
        <translation>Файл не записан в {0}: {1}. Выберите другую папку.</translation>
    </message>
    <message>
        <source>Check the journal.</source>
        <translation>Проверить журнал.</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Cashier, version {0}</source>
        <translation>Касса, версия {0}</translation>
    </message>
    <message>
        <source>File for whoever helps</source>
        <translation>Файл для поддержки</translation>
    </message>
    <message>
        <source>Versions, settings, the log and counts from the journal in one archive. No key, no PIN and no card data are in it, and no names of people or goods.</source>
        <translation>Версии, настройки, протокол работы и числа из журнала в одном архиве. В нём нет ни ключа, ни ПИН-кодов, ни данных карт, ни имён людей, ни названий товаров.</translation>
    </message>
    <message>
        <source>Write the file…</source>
        <translation>Записать файл…</translation>
    </message>
    <message>
        <source>Check of the journal</source>
        <translation>Проверка журнала</translation>
    </message>
    <message>
        <source>Check the journal</source>
        <translation>Проверить журнал</translation>
    </message>
</context>
<context>
    <name>Doings</name>
    <message>
        <source>receipt {0}</source>
        <translation>чек {0}</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Export of the payments that are shown</source>
        <translation>Выгрузка показанных платежей</translation>
    </message>
</context>
<context>
    <name>EntrySuggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>Подсказки</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>выбрать</translation>
    </message>
    <message>
        <source>add</source>
        <translation>добавить</translation>
    </message>
    <message>
        <source>3 at once</source>
        <translation>сразу 3 штуки</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>найден %n</numerusform>
            <numerusform>найдено %n</numerusform>
            <numerusform>найдено %n</numerusform>
        </translation>
    </message>
    <message>
        <source>new item</source>
        <translation>новый товар</translation>
    </message>
</context>
<context>
    <name>EntryWords</name>
    <message>
        <source>This is not a number</source>
        <translation>Это не число</translation>
    </message>
    <message>
        <source>Not less than zero</source>
        <translation>Не меньше нуля</translation>
    </message>
    <message>
        <source>The quantity must be more than zero</source>
        <translation>Количество должно быть больше нуля</translation>
    </message>
    <message>
        <source>No more than two digits after the point</source>
        <translation>Не больше двух знаков после запятой</translation>
    </message>
    <message>
        <source>No more than three digits after the point</source>
        <translation>Не больше трёх знаков после запятой</translation>
    </message>
    <message>
        <source>No more than {sum}</source>
        <translation>Не больше {sum}</translation>
    </message>
    <message>
        <source>No more than {number}</source>
        <translation>Не больше {number}</translation>
    </message>
    <message>
        <source>No more than {percent}</source>
        <translation>Не больше {percent}</translation>
    </message>
    <message>
        <source>The name is too long, at most: {0}</source>
        <translation>Слишком длинное название, знаков не больше {0}</translation>
    </message>
    <message>
        <source>Too many lines in the receipt, at most: {0}</source>
        <translation>В чеке слишком много строк, не больше {0}</translation>
    </message>
    <message>
        <source>The sum of the receipt would be too large</source>
        <translation>Сумма чека станет слишком большой</translation>
    </message>
    <message>
        <source>Finish this line first: Enter adds it, Esc takes it away</source>
        <translation>Сначала закончите эту строку: Enter добавит, Esc уберёт</translation>
    </message>
    <message>
        <source>That was the scanner. Finish this line first</source>
        <translation>Это был сканер. Сначала закончите эту строку</translation>
    </message>
</context>
<context>
    <name>ExportBand</name>
    <message>
        <source>CSV for Excel (*.csv)</source>
        <translation>CSV для Excel (*.csv)</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>payments {0}</source>
        <translation>платежи {0}</translation>
    </message>
    <message>
        <source>Writing {0}…</source>
        <translation>Пишем {0}…</translation>
    </message>
    <message>
        <source>{0} rows written…</source>
        <translation>Записано строк: {0}…</translation>
    </message>
    <message>
        <source>{0} of {1} rows written…</source>
        <translation>Записано {0} из {1}…</translation>
    </message>
    <message>
        <source>The export is cancelled, no file was written</source>
        <translation>Выгрузка отменена, файл не записан</translation>
    </message>
    <message numerus="yes">
        <source>%n rows are in {0}</source>
        <translation>
            <numerusform>%n строка записана в {0}</numerusform>
            <numerusform>%n строки записаны в {0}</numerusform>
            <numerusform>%n строк записано в {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ExternalRefundDialog</name>
    <message>
        <source>Type the refund’s number from the account</source>
        <translation>Введите номер возврата из личного кабинета</translation>
    </message>
    <message>
        <source>Take in refund {0}, made in the account, for receipt {1}.</source>
        <translation>Учесть возврат {0}, сделанный в личном кабинете, по чеку {1}.</translation>
    </message>
    <message>
        <source>A refund made in the account</source>
        <translation>Возврат, сделанный в личном кабинете</translation>
    </message>
    <message>
        <source>Money of this payment of {0} that was given back in the Invoice account counts here as soon as it is entered, and is not given back twice. The till sends nothing: it asks the gateway whether this refund belongs to this payment.</source>
        <translation>Деньги этого платежа на {0}, возвращённые в личном кабинете Invoice, учтутся здесь, как только возврат внесён, и второй раз не уйдут. Касса ничего не отправляет: она спрашивает шлюз, относится ли этот возврат к этому платежу.</translation>
    </message>
    <message>
        <source>Number of the refund, from the account</source>
        <translation>Номер возврата из личного кабинета</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Take it in</source>
        <translation>Учесть</translation>
    </message>
</context>
<context>
    <name>FactList</name>
    <message>
        <source>Copy: {0}</source>
        <translation>Скопировать: {0}</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>Номер заказа</translation>
    </message>
    <message>
        <source>Payment number</source>
        <translation>Номер платежа</translation>
    </message>
    <message>
        <source>Refund {0}</source>
        <translation>Возврат {0}</translation>
    </message>
    <message>
        <source>Gateway’s word</source>
        <translation>Слово шлюза</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Обновлён</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Счёт</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>Деньги</translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation>Бонусы</translation>
    </message>
</context>
<context>
    <name>FiguresCard</name>
    <message>
        <source>Revenue</source>
        <translation>Выручка</translation>
    </message>
    <message>
        <source>Sales · {0}</source>
        <translation>Продажи · {0}</translation>
    </message>
    <message>
        <source>Refunds · {0}</source>
        <translation>Возвраты · {0}</translation>
    </message>
    <message>
        <source>Average receipt</source>
        <translation>Средний чек</translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message>
        <source>All</source>
        <comment>filter</comment>
        <translation>Все</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Период</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 дней</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 дней</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>Все дни</translation>
    </message>
    <message>
        <source>Own dates…</source>
        <translation>Свои даты…</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Need a decision</source>
        <translation>Требуют решения</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждут оплаты</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачены</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отказ или истёк</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменены</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>Исход неизвестен</translation>
    </message>
    <message>
        <source>Paid after cancel</source>
        <translation>Оплачен после отмены</translation>
    </message>
    <message>
        <source>Mismatch</source>
        <translation>Несовпадение</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Кассир</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Сумма</translation>
    </message>
    <message>
        <source>Any</source>
        <comment>filter</comment>
        <translation>Любая</translation>
    </message>
    <message>
        <source>One sum…</source>
        <translation>Своя сумма…</translation>
    </message>
    <message>
        <source>All payments</source>
        <translation>Все платежи</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks</source>
        <translation>
            <numerusform>%n задача</numerusform>
            <numerusform>%n задачи</numerusform>
            <numerusform>%n задач</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}+ payments</source>
        <translation>{0}+ платежей</translation>
    </message>
    <message numerus="yes">
        <source>%n payments</source>
        <translation>
            <numerusform>%n платёж</numerusform>
            <numerusform>%n платежа</numerusform>
            <numerusform>%n платежей</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Receipt or order number</source>
        <translation>Номер чека или заказа</translation>
    </message>
    <message>
        <source>Scan the slip or type the receipt’s number</source>
        <translation>Отсканируйте слип или введите номер чека</translation>
    </message>
    <message>
        <source>Refund all that is left</source>
        <translation>Вернуть всё оставшееся</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>Setting up…</source>
        <translation>Настраиваем…</translation>
    </message>
    <message>
        <source>for real payments only</source>
        <translation>только для рабочего режима</translation>
    </message>
    <message>
        <source>Language and mode</source>
        <translation>Язык и режим</translation>
    </message>
    <message>
        <source>Keys and terminal</source>
        <translation>Ключи и терминал</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>Начать работу</translation>
    </message>
    <message>
        <source>Step 3 of 3. The till opens on Sale.</source>
        <translation>Шаг 3 из 3. Касса откроется на экране «Продажа».</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>Шаг {0} из {1}</translation>
    </message>
    <message>
        <source>Step 3 of 3. The till opens, you sign in.</source>
        <translation>Шаг 3 из 3. Касса откроется, и вы войдёте.</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Начать обучение</translation>
    </message>
    <message>
        <source>Step 1. In training it is the only one.</source>
        <translation>Шаг 1. В учебном режиме он единственный.</translation>
    </message>
    <message>
        <source>Asking the shared journal…</source>
        <translation>Спрашиваем общий журнал…</translation>
    </message>
    <message>
        <source>Creating the terminal…</source>
        <translation>Создаём терминал…</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>QR payments through Invoice</source>
        <translation>оплата по QR через Invoice</translation>
    </message>
    <message>
        <source>All of this can be changed later in Settings.</source>
        <translation>Всё это можно изменить потом в разделе «Настройки».</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
</context>
<context>
    <name>ForgetTerminalDialog</name>
    <message>
        <source>Forgetting…</source>
        <translation>Забываем…</translation>
    </message>
    <message>
        <source>Forget terminal “{0}”?</source>
        <translation>Забыть терминал «{0}»?</translation>
    </message>
    <message>
        <source>It stays at the gateway and can be added again by its alias {0}.</source>
        <translation>В шлюзе он останется, его можно добавить снова по псевдониму {0}.</translation>
    </message>
    <message>
        <source>It stays at the gateway and can be added again by its number.</source>
        <translation>В шлюзе он останется, его можно добавить снова по номеру.</translation>
    </message>
    <message>
        <source>It is this till’s default: choose another one afterwards.</source>
        <translation>Это терминал кассы по умолчанию: потом выберите другой.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
</context>
<context>
    <name>GatewaySection</name>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>While a QR code can be paid, Merchant ID and key do not change</source>
        <translation>Пока QR можно оплатить, Merchant ID и ключ не меняются</translation>
    </message>
    <message>
        <source>The till will ask the gateway for terminal {0}.</source>
        <translation>Касса спросит шлюз о терминале {0}.</translation>
    </message>
    <message>
        <source>The till will ask the gateway for a terminal.</source>
        <translation>Касса спросит шлюз о терминале.</translation>
    </message>
    <message>
        <source>No money is involved.</source>
        <translation>Деньги не участвуют.</translation>
    </message>
    <message>
        <source>Gateway and keys</source>
        <translation>Шлюз и ключи</translation>
    </message>
    <message>
        <source>Merchant ID</source>
        <translation>Merchant ID</translation>
    </message>
    <message>
        <source>Gateway’s address</source>
        <translation>Адрес шлюза</translation>
    </message>
    <message>
        <source>usually left as it is</source>
        <translation>обычно не меняют</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>if there is no other way out</source>
        <translation>если интернет только через него</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>Файл CA</translation>
    </message>
    <message>
        <source>if the network has certificates of its own</source>
        <translation>если у сети свои сертификаты</translation>
    </message>
    <message>
        <source>none: the system’s own store</source>
        <translation>нет: хранилище системы</translation>
    </message>
    <message>
        <source>Check the connection</source>
        <translation>Проверить связь</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>No shift</source>
        <translation>Смена не открыта</translation>
    </message>
    <message>
        <source>opens with the first sale</source>
        <translation>откроется с первой продажей</translation>
    </message>
    <message>
        <source>Shift {0}</source>
        <translation>Смена № {0}</translation>
    </message>
    <message>
        <source>opened at {0}</source>
        <translation>открыта в {0}</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Amount mismatch</source>
        <translation>Сумма не совпала</translation>
    </message>
    <message>
        <source>Refund delayed</source>
        <translation>Возврат задерживается</translation>
    </message>
    <message>
        <source>Partly refunded</source>
        <translation>Частичный возврат</translation>
    </message>
    <message>
        <source>{0} d {1} h</source>
        <translation>{0} д {1} ч</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} ч {1} мин</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} мин</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Sum, ₽</source>
        <translation>Сумма, ₽</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>QR code shown</source>
        <translation>Показан QR-код</translation>
    </message>
    <message>
        <source>Created at the gateway</source>
        <translation>Создан в шлюзе</translation>
    </message>
    <message>
        <source>attempt {0}</source>
        <translation>попытка {0}</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Создан</translation>
    </message>
    <message>
        <source>after {0}</source>
        <translation>через {0}</translation>
    </message>
    <message>
        <source>The sale is restored</source>
        <translation>Продажа восстановлена</translation>
    </message>
    <message>
        <source>The money is given back</source>
        <translation>Деньги возвращены</translation>
    </message>
    <message>
        <source>Taken as unpaid, watched on</source>
        <translation>Считаем неоплаченным, следим дальше</translation>
    </message>
    <message>
        <source>Earlier refunds are known</source>
        <translation>Прежние возвраты указаны</translation>
    </message>
    <message>
        <source>Accepted as it is</source>
        <translation>Принят как есть</translation>
    </message>
    <message>
        <source>Refund {0}</source>
        <translation>Возврат {0}</translation>
    </message>
    <message>
        <source>{0}, allowed by {1}</source>
        <translation>{0}, разрешение: {1}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} с</translation>
    </message>
</context>
<context>
    <name>HistoryCopy</name>
    <message>
        <source>Copy of a receipt. This is not a fiscal receipt</source>
        <translation>Копия чека. Не является фискальным чеком</translation>
    </message>
    <message>
        <source>TRAINING. No money was taken</source>
        <translation>УЧЕБНЫЙ РЕЖИМ. Деньги не списывались</translation>
    </message>
    <message>
        <source>Receipt {0}</source>
        <translation>Чек {0}</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Кассир</translation>
    </message>
    <message>
        <source>The goods are not known here</source>
        <translation>Товары этого платежа здесь неизвестны</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Итого</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Order number {0}</source>
        <translation>Номер заказа {0}</translation>
    </message>
    <message>
        <source>Payment number {0}</source>
        <translation>Номер платежа {0}</translation>
    </message>
    <message>
        <source>discount {0}</source>
        <translation>скидка {0}</translation>
    </message>
    <message>
        <source>Refund, {0}</source>
        <translation>Возврат, {0}</translation>
    </message>
    <message>
        <source>Left to refund</source>
        <translation>Остаток к возврату</translation>
    </message>
</context>
<context>
    <name>HistoryExport</name>
    <message>
        <source>Date</source>
        <translation>Дата</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Попытка</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Сумма</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Валюта</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Статус</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Счёт</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Кассир</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>Номер заказа</translation>
    </message>
    <message>
        <source>Payment number</source>
        <translation>Номер платежа</translation>
    </message>
    <message>
        <source>Gateway’s word</source>
        <translation>Слово шлюза</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>Payments</source>
        <translation>Платежи</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Find</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Фильтры</translation>
    </message>
    <message>
        <source>All payments</source>
        <translation>Все платежи</translation>
    </message>
    <message>
        <source>Choose a task</source>
        <translation>Выбрать задачу</translation>
    </message>
    <message>
        <source>Choose a payment</source>
        <translation>Выбрать платёж</translation>
    </message>
    <message>
        <source>Open the receipt</source>
        <translation>Открыть чек</translation>
    </message>
    <message>
        <source>Find at the gateway</source>
        <translation>Найти в шлюзе</translation>
    </message>
    <message>
        <source>The shift can be closed: tasks are carried over</source>
        <translation>Смену можно закрыть: задачи перейдут в отчёт</translation>
    </message>
    <message>
        <source>The copy is in {0}</source>
        <translation>Копия записана: {0}</translation>
    </message>
</context>
<context>
    <name>HistoryStates</name>
    <message>
        <source>No payments today yet</source>
        <translation>Сегодня платежей ещё нет</translation>
    </message>
    <message>
        <source>No payments yet</source>
        <translation>Платежей ещё нет</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>This journal has no payment with that number.</source>
        <translation>В этом журнале нет платежа с таким номером.</translation>
    </message>
    <message>
        <source>Reset the filters</source>
        <translation>Сбросить фильтры</translation>
    </message>
    <message>
        <source>Look in all days</source>
        <translation>Искать за все дни</translation>
    </message>
    <message>
        <source>Find at the gateway</source>
        <translation>Найти в шлюзе</translation>
    </message>
    <message>
        <source>Loading the payments…</source>
        <translation>Загружаем платежи…</translation>
    </message>
    <message>
        <source>The list did not load. This till’s journal is whole</source>
        <translation>Список не загрузился. Журнал этой кассы цел</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Nothing to decide</source>
        <translation>Решать нечего</translation>
    </message>
    <message>
        <source>All payments</source>
        <translation>Все платежи</translation>
    </message>
</context>
<context>
    <name>HistoryTasks</name>
    <message>
        <source>Refunds wait</source>
        <translation>Возвраты ждут</translation>
    </message>
    <message>
        <source>The journal was restored from a copy</source>
        <translation>Журнал восстановлен из копии</translation>
    </message>
    <message>
        <source>Receipt {0}</source>
        <translation>Чек {0}</translation>
    </message>
    <message>
        <source>attempt {0}</source>
        <translation>попытка {0}</translation>
    </message>
    <message>
        <source>Put back at {0}. No refund begins before the gateway was asked and a manager has looked up the refunds that were made after the copy.</source>
        <translation>Восстановлен в {0}. Возвраты не начнутся, пока касса не спросит шлюз, а менеджер не проверит возвраты, сделанные после копии.</translation>
    </message>
    <message>
        <source>It was taken for over, but at {0} the gateway answered “paid”. The money has come, the goods were not handed over.</source>
        <translation>Платёж считался законченным, но в {0} шлюз ответил «оплачен». Деньги получены, товар не выдан.</translation>
    </message>
    <message>
        <source>The receipt is {0}, the gateway’s answer differs: {1}. “Paid” was never on the screen.</source>
        <translation>В чеке {0}, в ответе шлюза не совпадает: {1}. Экрана «Оплачено» не было.</translation>
    </message>
    <message>
        <source>The request left at {0}, there is no answer: the refund may have been executed. The sum is held, it must not be repeated.</source>
        <translation>Запрос ушёл в {0}, ответа нет: возврат мог исполниться. Сумма заблокирована, повторять нельзя.</translation>
    </message>
    <message>
        <source>The refund was prepared at {0} and has not left this till: send it or give it up.</source>
        <translation>Возврат подготовлен в {0}, но из кассы не ушёл: отправьте его или откажитесь.</translation>
    </message>
    <message>
        <source>The gateway accepted the refund at {0}, the bank has not finished for over a day. The till asks once an hour.</source>
        <translation>Шлюз принял возврат {0}, банк не завершил его больше суток. Касса спрашивает раз в час.</translation>
    </message>
</context>
<context>
    <name>HoursCard</name>
    <message>
        <source>Sales by the hour</source>
        <translation>Продажи по часам</translation>
    </message>
    <message>
        <source>thousand {0}, start of the hour</source>
        <translation>тыс. {0}, начало часа</translation>
    </message>
    <message>
        <source>{0}, start of the hour</source>
        <translation>{0}, начало часа</translation>
    </message>
    <message>
        <source>No sales in this shift yet</source>
        <translation>В этой смене продаж ещё нет</translation>
    </message>
</context>
<context>
    <name>JournalPlace</name>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Payments under way: {0}. The journal can move when they have ended.</source>
        <translation>Незавершённых платежей: {0}. Журнал можно перенести, когда они закончатся.</translation>
    </message>
    <message>
        <source>The server cannot be reached, or does not let this till in</source>
        <translation>Сервер недоступен или не пускает эту кассу</translation>
    </message>
    <message>
        <source>The database has something else in it</source>
        <translation>В базе лежит что-то другое</translation>
    </message>
    <message>
        <source>The journal needs an empty database, or one with a journal in it.</source>
        <translation>Журналу нужна пустая база или база, где уже есть журнал.</translation>
    </message>
    <message>
        <source>The server answered</source>
        <translation>Сервер ответил</translation>
    </message>
    <message>
        <source>PostgreSQL {0}</source>
        <translation>PostgreSQL {0}</translation>
    </message>
    <message>
        <source>What it commits survives a power cut</source>
        <translation>Записанное переживёт отключение питания</translation>
    </message>
    <message>
        <source>The database is empty: the first till makes the journal</source>
        <translation>База пуста: журнал создаст первая касса</translation>
    </message>
    <message>
        <source>It has a journal, schema {0}</source>
        <translation>В базе есть журнал, схема {0}</translation>
    </message>
    <message>
        <source>No till is in it yet</source>
        <translation>Касс в нём ещё нет</translation>
    </message>
    <message>
        <source>Tills in it: {0}</source>
        <translation>Кассы в нём: {0}</translation>
    </message>
    <message>
        <source>Number {0} is taken: give this till another one first.</source>
        <translation>Номер {0} занят: сначала дайте этой кассе другой.</translation>
    </message>
    <message>
        <source>Answer of the server</source>
        <translation>Ответ сервера</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Версия</translation>
    </message>
    <message>
        <source>Safe commits</source>
        <translation>Надёжная запись</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Tills</source>
        <translation>Кассы</translation>
    </message>
    <message>
        <source>postgresql+psycopg://user@server/database, without a password</source>
        <translation>postgresql+psycopg://имя@сервер/база, без пароля</translation>
    </message>
    <message>
        <source>On a server that tills share.</source>
        <translation>На сервере, общем для касс.</translation>
    </message>
    <message>
        <source>In this till’s folder. Several tills can share one on PostgreSQL.</source>
        <translation>В папке этой кассы. Несколько касс могут вести общий журнал в PostgreSQL.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>Check the server</source>
        <translation>Проверить сервер</translation>
    </message>
    <message>
        <source>In training the journal stays in this till’s folder.</source>
        <translation>В учебном режиме журнал остаётся в папке этой кассы.</translation>
    </message>
    <message>
        <source>Every row is copied there and compared; the till is closed for it and opens again by itself. If anything differs, the journal stays here.</source>
        <translation>Каждая строка копируется туда и сверяется; касса на это время закроется и откроется сама. Если что-то не сойдётся, журнал останется здесь.</translation>
    </message>
    <message>
        <source>Move the journal there…</source>
        <translation>Перенести журнал туда…</translation>
    </message>
</context>
<context>
    <name>JournalSection</name>
    <message>
        <source>Make a copy of the journal.</source>
        <translation>Сделать копию журнала.</translation>
    </message>
    <message>
        <source>Check the journal.</source>
        <translation>Проверить журнал.</translation>
    </message>
    <message>
        <source>Move the journal to {0}. The till is closed for it and opens again by itself.</source>
        <translation>Перенести журнал на {0}. Касса на это время закроется и откроется сама.</translation>
    </message>
    <message>
        <source>The copy was made and checked</source>
        <translation>Копия сделана и проверена</translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Копируем…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>The journal is on a server: its copies are made there, by its own means.</source>
        <translation>Журнал на сервере: его копии делает сам сервер своими средствами.</translation>
    </message>
    <message>
        <source>No copy yet: the first is made a minute after the start.</source>
        <translation>Копий ещё нет: первая делается через минуту после запуска.</translation>
    </message>
    <message>
        <source>The last copy: {0}</source>
        <translation>Последняя копия: {0}</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Журнал</translation>
    </message>
    <message>
        <source>Where the journal is</source>
        <translation>Где лежит журнал</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Копии</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>Сделать копию</translation>
    </message>
    <message>
        <source>Check the journal</source>
        <translation>Проверить журнал</translation>
    </message>
    <message>
        <source>Restore from a copy…</source>
        <translation>Восстановить из копии…</translation>
    </message>
</context>
<context>
    <name>JournalTexts</name>
    <message>
        <source>The journal was not copied: there is too little room on the disk. Selling goes on; call the administrator.</source>
        <translation>Копия журнала не сделана: на диске мало места. Продавать можно; позовите администратора.</translation>
    </message>
    <message>
        <source>The copy of the journal is not whole and was thrown away. Selling goes on; call the administrator to check the journal.</source>
        <translation>Копия журнала не прошла проверку и не сохранена. Продавать можно; позовите администратора проверить журнал.</translation>
    </message>
    <message>
        <source>The journal was not copied ({0}). Selling goes on; call the administrator.</source>
        <translation>Копия журнала не сделана ({0}). Продавать можно; позовите администратора.</translation>
    </message>
    <message>
        <source>This copy is not whole, so it was not put back. The journal is as it was; choose another copy.</source>
        <translation>Эта копия повреждена и не восстановлена. Журнал остался каким был; выберите другую копию.</translation>
    </message>
    <message>
        <source>The journal was restored from a copy: no refund before a manager has reconciled. Nothing was sent.</source>
        <translation>Журнал восстановлен из копии: возвраты закрыты, пока менеджер не сверит. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Ask the gateway first, until it has answered about everything.</source>
        <translation>Сначала спросите шлюз, пока он не ответит обо всём.</translation>
    </message>
    <message>
        <source>once a day</source>
        <translation>ежедневная</translation>
    </message>
    <message>
        <source>after a shift</source>
        <translation>после смены</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>вручную</translation>
    </message>
    <message>
        <source>before an update</source>
        <translation>перед обновлением</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} МБ</translation>
    </message>
    <message>
        <source>{0} · {1} · verified, {2} events</source>
        <translation>{0} · {1} · проверена, событий {2}</translation>
    </message>
    <message>
        <source>The journal was restored up to {0}: refunds wait for a manager</source>
        <translation>Журнал восстановлен по {0}: возвраты ждут менеджера</translation>
    </message>
</context>
<context>
    <name>KeptReceipt</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n позиция</numerusform>
            <numerusform>%n позиции</numerusform>
            <numerusform>%n позиций</numerusform>
        </translation>
    </message>
    <message>
        <source>A receipt is kept: {0}, {1}.</source>
        <translation>Чек сохранён: {0}, {1}.</translation>
    </message>
    <message>
        <source>It opens when {0} signs in; for anybody else it waits among the parked.</source>
        <translation>Откроется, когда войдёт {0}; у другого сотрудника останется в отложенных.</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>API key</source>
        <translation>Ключ API</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>Заменить ключ</translation>
    </message>
    <message>
        <source>Show what is typed</source>
        <translation>Показать введённое</translation>
    </message>
</context>
<context>
    <name>KeyForm</name>
    <message>
        <source>Enter the terminal’s alias</source>
        <translation>Введите псевдоним терминала</translation>
    </message>
    <message>
        <source>Merchant ID</source>
        <translation>Merchant ID</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>Ключ API</translation>
    </message>
    <message>
        <source>This till’s terminal</source>
        <translation>Терминал этой кассы</translation>
    </message>
    <message>
        <source>alias, “shop:till”</source>
        <translation>псевдоним «магазин:касса»</translation>
    </message>
    <message>
        <source>Gateway’s address</source>
        <translation>Адрес шлюза</translation>
    </message>
    <message>
        <source>usually left as it is</source>
        <translation>обычно не меняют</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>if there is no other way out</source>
        <translation>если интернет только через него</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>Файл CA</translation>
    </message>
    <message>
        <source>a network’s own certificates; usually empty</source>
        <translation>сертификаты самой сети, обычно пусто</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>Показать ключ</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Gateway’s address, proxy</source>
        <translation>Адрес шлюза, прокси</translation>
    </message>
</context>
<context>
    <name>KeyPlace</name>
    <message>
        <source>kept by Windows</source>
        <translation>хранит Windows</translation>
    </message>
    <message>
        <source>kept by the system</source>
        <translation>хранит система</translation>
    </message>
    <message>
        <source>Kept in Windows</source>
        <translation>Сохранён в Windows</translation>
    </message>
    <message>
        <source>Kept in the key store</source>
        <translation>Сохранён в системе</translation>
    </message>
    <message>
        <source>From {0}</source>
        <translation>Из {0}</translation>
    </message>
    <message>
        <source>In a file, for training</source>
        <translation>В файле, для обучения</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Ключа нет</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Add the goods typed</source>
        <translation>Добавить набранный товар</translation>
    </message>
    <message>
        <source>Three pieces at once: before the name</source>
        <translation>Сразу 3 штуки: перед названием</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Возврат</translation>
    </message>
    <message>
        <source>Free price</source>
        <translation>Свободная цена</translation>
    </message>
    <message>
        <source>Choose a line</source>
        <translation>Выбрать строку</translation>
    </message>
    <message>
        <source>One piece more or less</source>
        <translation>На одну штуку больше или меньше</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Количество</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Цена</translation>
    </message>
    <message>
        <source>Line discount</source>
        <translation>Скидка на строку</translation>
    </message>
    <message>
        <source>Receipt discount</source>
        <translation>Скидка на чек</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>Убрать строку</translation>
    </message>
    <message>
        <source>Clear the receipt</source>
        <translation>Очистить чек</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Вернуть как было</translation>
    </message>
    <message>
        <source>Busy terminal: a senior’s override</source>
        <translation>Терминал занят: разрешение старшего</translation>
    </message>
    <message>
        <source>Park the receipt</source>
        <translation>Отложить чек</translation>
    </message>
    <message>
        <source>Parked receipts</source>
        <translation>Отложенные чеки</translation>
    </message>
    <message>
        <source>Show QR</source>
        <translation>Показать QR</translation>
    </message>
    <message>
        <source>Open the payment page</source>
        <translation>Открыть страницу оплаты</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <source>Senior’s decision</source>
        <translation>Решение старшего</translation>
    </message>
    <message>
        <source>Wait in background</source>
        <translation>Ждать в фоне</translation>
    </message>
    <message>
        <source>Enlarge QR</source>
        <translation>Увеличить QR</translation>
    </message>
    <message>
        <source>New QR after a failure</source>
        <translation>Новый QR после отказа</translation>
    </message>
    <message>
        <source>Cancel (twice), or back to the receipt</source>
        <translation>Отменить (дважды) или вернуться к чеку</translation>
    </message>
    <message>
        <source>New receipt, when it is paid</source>
        <translation>Новый чек, когда оплачено</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Фильтры</translation>
    </message>
    <message>
        <source>Choose a payment</source>
        <translation>Выбрать платёж</translation>
    </message>
    <message>
        <source>Open the receipt, or show its QR</source>
        <translation>Открыть чек или показать его QR</translation>
    </message>
    <message>
        <source>Decide about it</source>
        <translation>Решить</translation>
    </message>
    <message>
        <source>Find at the gateway</source>
        <translation>Найти в шлюзе</translation>
    </message>
    <message>
        <source>Copy as PDF</source>
        <translation>Копия в PDF</translation>
    </message>
    <message>
        <source>Refunded in the Invoice account</source>
        <translation>Возврат, сделанный в личном кабинете</translation>
    </message>
    <message>
        <source>Export what is shown</source>
        <translation>Выгрузить показанное</translation>
    </message>
    <message>
        <source>Take the filters off</source>
        <translation>Снять фильтры</translation>
    </message>
    <message>
        <source>Find a receipt, or scan its slip</source>
        <translation>Найти чек или сканировать слип</translation>
    </message>
    <message>
        <source>Quantity or sum to refund</source>
        <translation>Количество или сумма к возврату</translation>
    </message>
    <message>
        <source>By sum or by lines</source>
        <translation>По сумме или по позициям</translation>
    </message>
    <message>
        <source>Decide about an unknown refund</source>
        <translation>Решить по неизвестному возврату</translation>
    </message>
    <message>
        <source>All that is left</source>
        <translation>Всё, что осталось</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Ask for the PIN, then give back</source>
        <translation>Спросить ПИН-код, затем вернуть</translation>
    </message>
    <message>
        <source>Leave; what was chosen stays</source>
        <translation>Выйти; выбранное сохранится</translation>
    </message>
    <message>
        <source>Earlier shifts</source>
        <translation>Прошлые смены</translation>
    </message>
    <message>
        <source>Reconcile with the gateway</source>
        <translation>Сверка со шлюзом</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>X-отчёт</translation>
    </message>
    <message>
        <source>Open or close the shift</source>
        <translation>Открыть или закрыть смену</translation>
    </message>
    <message>
        <source>Stop reconciling</source>
        <translation>Остановить сверку</translation>
    </message>
    <message>
        <source>Choose yourself</source>
        <translation>Выбрать себя</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>Save a new PIN</source>
        <translation>Сохранить новый ПИН-код</translation>
    </message>
    <message>
        <source>Add the terminal typed</source>
        <translation>Добавить набранный терминал</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Make it default</source>
        <translation>Сделать терминалом по умолчанию</translation>
    </message>
    <message>
        <source>Create a terminal</source>
        <translation>Создать терминал</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>Раздел</translation>
    </message>
    <message>
        <source>Next field</source>
        <translation>Следующее поле</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Проверить связь</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
    <message>
        <source>Drop the changes</source>
        <translation>Отменить изменения</translation>
    </message>
    <message>
        <source>Change the cashier</source>
        <translation>Сменить кассира</translation>
    </message>
    <message>
        <source>Lock the till</source>
        <translation>Заблокировать кассу</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Все клавиши</translation>
    </message>
    <message>
        <source>Back to the waiting payment</source>
        <translation>К ожидающей оплате</translation>
    </message>
    <message>
        <source>Choose the terminal</source>
        <translation>Выбрать терминал</translation>
    </message>
</context>
<context>
    <name>KeysStep</name>
    <message>
        <source>Next</source>
        <translation>Далее</translation>
    </message>
    <message>
        <source>Create and go on</source>
        <translation>Создать и продолжить</translation>
    </message>
    <message>
        <source>Check the keys</source>
        <translation>Проверить ключи</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>The gateway did not accept the Merchant ID or the key</source>
        <translation>Шлюз не принял Merchant ID или ключ</translation>
    </message>
    <message>
        <source>answer {0}</source>
        <translation>ответ {0}</translation>
    </message>
    <message>
        <source>The gateway accepted the keys</source>
        <translation>Шлюз принял ключи</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Terminal {0} is there</source>
        <translation>Терминал {0} найден</translation>
    </message>
    <message>
        <source>Terminal {0} is there: {1}</source>
        <translation>Терминал {0} найден: {1}</translation>
    </message>
    <message>
        <source>Keys and terminal</source>
        <translation>Ключи и терминал</translation>
    </message>
    <message>
        <source>Your Invoice account issues the keys. The till tries them out by asking the gateway for the terminal.</source>
        <translation>Ключи выдаёт личный кабинет Invoice. Касса проверит их, спросив шлюз о терминале.</translation>
    </message>
</context>
<context>
    <name>LeaveSettingsDialog</name>
    <message>
        <source>Save the changes?</source>
        <translation>Сохранить изменения?</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Остаться</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Не сохранять</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>LicenceDialog</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>LockHeader</name>
    <message>
        <source>The till is locked</source>
        <translation>Касса заблокирована</translation>
    </message>
    <message>
        <source>at {0}</source>
        <translation>в {0}</translation>
    </message>
    <message>
        <source>at {0}, 2 minutes without a key</source>
        <translation>в {0}, 2 минуты без действий</translation>
    </message>
    <message>
        <source>No terminal</source>
        <translation>Нет терминала</translation>
    </message>
    <message>
        <source>terminal {0}</source>
        <translation>терминал {0}</translation>
    </message>
    <message>
        <source>No shift</source>
        <translation>Смена не открыта</translation>
    </message>
    <message>
        <source>opens with the first sale</source>
        <translation>откроется с первой продажей</translation>
    </message>
    <message>
        <source>Shift {0}</source>
        <translation>Смена № {0}</translation>
    </message>
    <message>
        <source>opened at {0}</source>
        <translation>открыта в {0}</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>sign-in shut, {0} left</source>
        <translation>вход закрыт, ещё {0}</translation>
    </message>
    <message>
        <source>needs a new PIN</source>
        <translation>нужен новый ПИН-код</translation>
    </message>
    <message>
        <source>at the till since {0}</source>
        <translation>на смене с {0}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохраняем…</translation>
    </message>
    <message>
        <source>There are no staff yet</source>
        <translation>Сотрудников пока нет</translation>
    </message>
    <message>
        <source>Who is at the till?</source>
        <translation>Кто за кассой?</translation>
    </message>
    <message>
        <source>Make the administrator: they change keys and settings and add the others. Until then nobody can sell.</source>
        <translation>Создайте администратора: он меняет ключи и настройки и добавляет остальных. До этого продавать некому.</translation>
    </message>
    <message>
        <source>Choose yourself and type your PIN.</source>
        <translation>Выберите себя и введите ПИН-код.</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Remember the PIN well.</source>
        <translation>Запомните ПИН-код.</translation>
    </message>
    <message>
        <source>Start work</source>
        <translation>Начать работу</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>The old one was reset by an administrator of this computer.</source>
        <translation>Прежний сбросил администратор этого компьютера.</translation>
    </message>
    <message>
        <source>Save and sign in</source>
        <translation>Сохранить и войти</translation>
    </message>
    <message>
        <source>Training: the cashier’s PIN is {0}, everybody else’s {1}.</source>
        <translation>Обучение: ПИН-код кассира {0}, остальных {1}.</translation>
    </message>
    <message>
        <source>Forgot the PIN? The administrator sets a new one.</source>
        <translation>Забыли ПИН-код? Новый задаст администратор.</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Все клавиши</translation>
    </message>
    <message>
        <source>Choose yourself</source>
        <translation>Выбрать себя</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
    <message>
        <source>While a customer is paying, the till does not lock by itself</source>
        <translation>Пока покупатель платит, касса сама не блокируется</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Language and look</source>
        <translation>Язык и вид</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Тема</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Громкость</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Звуки</translation>
    </message>
    <message>
        <source>Touch mode</source>
        <translation>Сенсорный режим</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Во весь экран</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>All keys</source>
        <translation>Все клавиши</translation>
    </message>
    <message>
        <source>A refund whose outcome is unknown still waits for a decision</source>
        <translation>Возврат с неизвестным исходом всё ещё ждёт решения</translation>
    </message>
</context>
<context>
    <name>Matches</name>
    <message>
        <source>Payments that fit</source>
        <translation>Подходящие платежи</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ModeStep</name>
    <message>
        <source>Setting up the till</source>
        <translation>Настроим кассу</translation>
    </message>
    <message>
        <source>Training starts at once. Real payments take two more steps, about 3 minutes.</source>
        <translation>Учебный режим — сразу. Рабочий — ещё два шага, около трёх минут.</translation>
    </message>
    <message>
        <source>Training starts at once. Real payments take one more step, 2 minutes or so.</source>
        <translation>Учебный режим — сразу. Рабочий — ещё один шаг, около двух минут.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Режим</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Учебный режим</translation>
    </message>
    <message>
        <source>No keys and no money. A gateway inside the program answers by itself: paid, declined, no link.
Staff, a terminal and goods are ready. Every screen is marked.</source>
        <translation>Без ключей и денег. Шлюз внутри программы отвечает сам: оплачено, отказ, нет связи.
Сотрудники, терминал и товары уже есть. Каждый экран помечен.</translation>
    </message>
    <message>
        <source>Real payments</source>
        <translation>Рабочий режим</translation>
    </message>
    <message>
        <source>Real money: cards and SBP.
You need the Merchant ID and the API key from your Invoice account.</source>
        <translation>Настоящие платежи: карты и СБП.
Понадобятся Merchant ID и ключ API из личного кабинета Invoice.</translation>
    </message>
    <message>
        <source>Training and real receipts are kept apart and never mixed.</source>
        <translation>Учебные и настоящие чеки хранятся раздельно и никогда не смешиваются.</translation>
    </message>
</context>
<context>
    <name>MovingWindow</name>
    <message>
        <source>The journal is on the server</source>
        <translation>Журнал на сервере</translation>
    </message>
    <message>
        <source>Rows moved: {0}, each compared with the old journal. The old file is kept and is not used any more.</source>
        <translation>Перенесено строк: {0}, каждая сверена со старым журналом. Старый файл сохранён и больше не используется.</translation>
    </message>
    <message>
        <source>Moving the journal to the server…</source>
        <translation>Переносим журнал на сервер…</translation>
    </message>
    <message>
        <source>The till opens again by itself. Do not switch the computer off.</source>
        <translation>Касса откроется снова. Не выключайте компьютер.</translation>
    </message>
    <message>
        <source>Whether the journal was moved is not known yet</source>
        <translation>Пока не известно, перенесён ли журнал</translation>
    </message>
    <message>
        <source>The server went away at the last step. Nothing is lost: the till asks it first, and opens only on the journal that is its own.</source>
        <translation>Связь с сервером прервалась на последнем шаге. Ничего не потеряно: касса сначала спросит сервер и откроется только на том журнале, который теперь её.</translation>
    </message>
    <message>
        <source>The journal was not moved</source>
        <translation>Журнал не перенесён</translation>
    </message>
    <message>
        <source>The journal in this till’s folder is untouched and is still used.</source>
        <translation>Журнал в папке этой кассы не тронут, касса работает с ним.</translation>
    </message>
    <message>
        <source>The server stopped answering.</source>
        <translation>Сервер перестал отвечать.</translation>
    </message>
    <message>
        <source>The journal is being checked.</source>
        <translation>Проверяем журнал.</translation>
    </message>
    <message>
        <source>Compared: {0} of {1} rows</source>
        <translation>Сверено строк: {0} из {1}</translation>
    </message>
    <message>
        <source>Copied: {0} of {1} rows</source>
        <translation>Скопировано строк: {0} из {1}</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Open the till</source>
        <translation>Открыть кассу</translation>
    </message>
</context>
<context>
    <name>NewPinForm</name>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Ещё раз</translation>
    </message>
    <message>
        <source>{0} to {1} digits</source>
        <translation>от {0} до {1} цифр</translation>
    </message>
    <message>
        <source>not in a row and not all the same, as 123456 or 000000</source>
        <translation>не подряд и не одинаковые, как 123456 или 000000</translation>
    </message>
    <message>
        <source>the same both times</source>
        <translation>оба раза одинаково</translation>
    </message>
</context>
<context>
    <name>NewTerminalCard</name>
    <message>
        <source>Enter the name that customers will see</source>
        <translation>Введите название, его увидит покупатель</translation>
    </message>
    <message>
        <source>Enter a price</source>
        <translation>Введите цену</translation>
    </message>
    <message>
        <source>There is no terminal {0} yet: the till will create it</source>
        <translation>Терминала {0} пока нет: касса создаст его</translation>
    </message>
    <message>
        <source>Name, customers see it</source>
        <translation>Название, его увидит покупатель</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Default price</source>
        <translation>Цена по умолчанию</translation>
    </message>
    <message>
        <source>Dynamic</source>
        <translation>Динамический</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>Статический</translation>
    </message>
</context>
<context>
    <name>NewTerminalDialog</name>
    <message>
        <source>Alias {0} is free. One that is taken is added, not created again.</source>
        <translation>Псевдоним {0} свободен. Занятый касса добавит, а не создаст второй.</translation>
    </message>
    <message>
        <source>Alias {0} is there already: {1}. The till will add it.</source>
        <translation>Псевдоним {0} уже есть: {1}, добавим его.</translation>
    </message>
    <message>
        <source>Alias {0} is there already. The till will add it.</source>
        <translation>Псевдоним {0} уже есть, добавим его.</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Создаём…</translation>
    </message>
    <message>
        <source>Add terminal</source>
        <translation>Добавить терминал</translation>
    </message>
    <message>
        <source>Create terminal</source>
        <translation>Создать терминал</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>Закрыть без сохранения</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Checking whether the terminal was created…</source>
        <translation>Проверяем, создан ли терминал…</translation>
    </message>
    <message>
        <source>What is typed will be lost. Press Esc again to leave.</source>
        <translation>Введённое пропадёт. Чтобы закрыть, нажмите Esc ещё раз.</translation>
    </message>
    <message>
        <source>Nobody knows whether terminal {0} was created</source>
        <translation>Неизвестно, создан ли терминал {0}</translation>
    </message>
    <message>
        <source>The till does not create it again by itself.</source>
        <translation>Сама касса второй раз создавать не будет.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваем…</translation>
    </message>
    <message>
        <source>The gateway has no terminal {0}: it was not created.</source>
        <translation>Терминала {0} в шлюзе нет: он не создан.</translation>
    </message>
    <message>
        <source>The gateway refused: {0}</source>
        <translation>Шлюз отказал: {0}</translation>
    </message>
    <message>
        <source>New terminal</source>
        <translation>Новый терминал</translation>
    </message>
    <message>
        <source>Customers see the name and the description when they pay.</source>
        <translation>Название и описание увидит покупатель на странице оплаты.</translation>
    </message>
</context>
<context>
    <name>NewTerminalForm</name>
    <message>
        <source>Enter the name that customers will see</source>
        <translation>Введите название, его увидит покупатель</translation>
    </message>
    <message>
        <source>Enter an alias</source>
        <translation>Введите псевдоним</translation>
    </message>
    <message>
        <source>Enter a price</source>
        <translation>Введите цену</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Псевдоним</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Описание</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Dynamic</source>
        <translation>Динамический</translation>
    </message>
    <message>
        <source>A new QR code for each receipt. What a till usually has.</source>
        <translation>Новый QR на каждый чек. Обычный выбор для кассы.</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>Статический</translation>
    </message>
    <message>
        <source>One printed QR code; it needs a default price.</source>
        <translation>Один печатный QR; нужна цена по умолчанию.</translation>
    </message>
    <message>
        <source>Default price</source>
        <translation>Цена по умолчанию</translation>
    </message>
    <message>
        <source>Till’s currency</source>
        <translation>Валюта кассы</translation>
    </message>
    <message>
        <source>Customer’s comments</source>
        <translation>Комментарии покупателя</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Look them up in the Invoice account first; the button says how.</source>
        <translation>Сначала их надо найти в личном кабинете Invoice; как — скажет кнопка.</translation>
    </message>
    <message>
        <source>Reconcile</source>
        <translation>Сверить</translation>
    </message>
</context>
<context>
    <name>NumberDialog</name>
    <message>
        <source>Discount</source>
        <translation>Скидка</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Кол-во</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Цена</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>Процент</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Сумма</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Количество</translation>
    </message>
    <message>
        <source>Price, {currency}</source>
        <translation>Цена, {currency}</translation>
    </message>
    <message>
        <source>Discount, %</source>
        <translation>Скидка, %</translation>
    </message>
    <message>
        <source>Discount, {currency}</source>
        <translation>Скидка, {currency}</translation>
    </message>
</context>
<context>
    <name>NumberPad</name>
    <message>
        <source>Take back the last digit</source>
        <translation>Стереть последнюю цифру</translation>
    </message>
    <message>
        <source>Decimal point</source>
        <translation>Десятичная запятая</translation>
    </message>
</context>
<context>
    <name>Office</name>
    <message>
        <source>More than is left: {0}. Nothing was sent.</source>
        <translation>Больше остатка: {0}. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>More than is left of “{0}”. Nothing was sent.</source>
        <translation>Больше, чем осталось: «{0}». Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Another refund of this payment is not settled yet. Nothing was sent.</source>
        <translation>По этому платежу ещё не завершён другой возврат. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>Choose what goes back.</source>
        <translation>Выберите, что возвращается.</translation>
    </message>
    <message>
        <source>The payment is not paid, there is nothing to refund.</source>
        <translation>Платёж не оплачен, возвращать нечего.</translation>
    </message>
    <message>
        <source>Nobody has said yet how much of this payment was refunded before.</source>
        <translation>Неизвестно, сколько по этому платежу уже вернули.</translation>
    </message>
    <message>
        <source>It is too early to say so: the refund may still be executed. {0} left.</source>
        <translation>Пока рано: возврат ещё может исполниться. Осталось {0}.</translation>
    </message>
    <message>
        <source>The gateway does not confirm this number. Nothing was recorded.</source>
        <translation>Шлюз не подтверждает этот номер. Ничего не записано.</translation>
    </message>
    <message>
        <source>This number belongs to another refund. Nothing was recorded.</source>
        <translation>Это номер другого возврата. Ничего не записано.</translation>
    </message>
    <message>
        <source>This number is recorded with another refund already.</source>
        <translation>Этот номер записан у другого возврата.</translation>
    </message>
    <message>
        <source>The gateway says that this refund failed: no money went back. Record it as not executed, half an hour after sending.</source>
        <translation>Шлюз сообщает, что этот возврат не прошёл: деньги не вернулись. Запишите «не исполнен» через полчаса после отправки.</translation>
    </message>
    <message>
        <source>The gateway has not finished this refund yet. Nothing was recorded; try later.</source>
        <translation>Шлюз ещё не завершил этот возврат. Ничего не записано, повторите позже.</translation>
    </message>
    <message>
        <source>This needs the PIN of: {0}.</source>
        <translation>Нужен ПИН-код: {0}.</translation>
    </message>
    <message>
        <source>Wrong PIN, tries left: {0}.</source>
        <translation>Неверный ПИН-код, осталось попыток: {0}.</translation>
    </message>
    <message>
        <source>Signing in is shut for another {0}.</source>
        <translation>Вход закрыт, ещё {0}.</translation>
    </message>
    <message>
        <source>Such a PIN is guessed at once: no equal digits, no digits in a row.</source>
        <translation>Такой ПИН-код угадают сразу: не берите одинаковые цифры и цифры подряд.</translation>
    </message>
    <message>
        <source>There is somebody with this name already.</source>
        <translation>Такое имя уже есть.</translation>
    </message>
    <message>
        <source>At least one administrator is needed.</source>
        <translation>Нужен хотя бы один администратор.</translation>
    </message>
    <message>
        <source>The shift cannot be closed: decide on parked receipts and open payments first.</source>
        <translation>Смену нельзя закрыть: сначала решите, что делать с отложенными чеками и открытыми платежами.</translation>
    </message>
    <message>
        <source>There is no open shift.</source>
        <translation>Смена не открыта.</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Кассир</translation>
    </message>
    <message>
        <source>Senior cashier</source>
        <translation>Старший кассир</translation>
    </message>
    <message>
        <source>Manager</source>
        <translation>Менеджер</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Администратор</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправлен</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Отправляем</translation>
    </message>
    <message>
        <source>Refund pending</source>
        <translation>Возврат в обработке</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращён</translation>
    </message>
    <message>
        <source>The bank declines, checking again</source>
        <translation>Банк отказывает, перепроверяем</translation>
    </message>
    <message>
        <source>Refund declined</source>
        <translation>Возврат отклонён</translation>
    </message>
    <message>
        <source>Refund refused</source>
        <translation>Возврат не принят шлюзом</translation>
    </message>
    <message>
        <source>Refund unknown</source>
        <translation>Исход возврата неизвестен</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Не отправлялся</translation>
    </message>
    <message>
        <source>Found by hand</source>
        <translation>Найден вручную</translation>
    </message>
    <message>
        <source>Confirmed as not executed</source>
        <translation>Подтверждён неисполненным</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>The till is starting…</source>
        <translation>Касса запускается…</translation>
    </message>
    <message>
        <source>Opening the journal…</source>
        <translation>Открываем журнал…</translation>
    </message>
    <message>
        <source>Preparing the till…</source>
        <translation>Готовим кассу…</translation>
    </message>
    <message>
        <source>A check after a power cut, or a slow server, takes longer. Nothing is lost.</source>
        <translation>После сбоя питания или с медленным сервером это дольше. Ничего не теряется.</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Bank code</source>
        <translation>Код банка</translation>
    </message>
    <message>
        <source>Declined by the bank</source>
        <translation>Отказ банка</translation>
    </message>
    <message>
        <source>Not paid in time</source>
        <translation>Не оплачен вовремя</translation>
    </message>
    <message>
        <source>The QR code has expired</source>
        <translation>QR-код истёк</translation>
    </message>
    <message>
        <source>{0} were not paid in time, the gateway says.</source>
        <translation>{0} не оплачены вовремя: так ответил шлюз.</translation>
    </message>
    <message>
        <source>The time to pay is over. Please do not pay with the old code — I will show a new one.</source>
        <translation>Время на оплату вышло. По старому коду не платите — покажу новый.</translation>
    </message>
    <message>
        <source>Cancel confirmed</source>
        <translation>Отмена подтверждена</translation>
    </message>
    <message>
        <source>The payment is cancelled</source>
        <translation>Платёж отменён</translation>
    </message>
    <message>
        <source>The gateway confirmed it: {0} cannot be paid with that QR code any more.</source>
        <translation>Шлюз подтвердил: оплатить {0} по тому QR-коду больше нельзя.</translation>
    </message>
    <message>
        <source>The payment is cancelled. Please do not pay with the old code.</source>
        <translation>Платёж отменён. По старому коду не платите.</translation>
    </message>
    <message>
        <source>Gateway’s code</source>
        <translation>Код шлюза</translation>
    </message>
    <message>
        <source>The gateway did not accept the payment</source>
        <translation>Шлюз не принял платёж</translation>
    </message>
    <message>
        <source>There was no QR code, so {0} cannot have been paid.</source>
        <translation>QR-кода не было, оплатить {0} было нельзя.</translation>
    </message>
    <message>
        <source>One moment, please: the till has to be put right.</source>
        <translation>Минуту, пожалуйста: нужно поправить кассу.</translation>
    </message>
    <message>
        <source>The gateway has no such payment</source>
        <translation>У шлюза нет такого платежа</translation>
    </message>
    <message>
        <source>It answered so five times; the payment was not created.</source>
        <translation>Он ответил так пять раз: платёж не создан.</translation>
    </message>
    <message>
        <source>It did not work the first time. I will show a new QR code.</source>
        <translation>С первого раза не получилось. Покажу новый QR-код.</translation>
    </message>
    <message>
        <source>The customer never saw its QR code. The till goes on watching the old order and asks about it once more before a new QR code.</source>
        <translation>Покупатель не видел того QR-кода. Касса следит за прежним заказом и спросит о нём ещё раз перед новым QR.</translation>
    </message>
    <message>
        <source>The payment was not sent</source>
        <translation>Платёж не отправлен</translation>
    </message>
    <message>
        <source>Nothing has left this till, and there was no QR code to pay {0}.</source>
        <translation>Из кассы ничего не ушло, QR-кода на {0} не было.</translation>
    </message>
    <message>
        <source>No link to the gateway</source>
        <translation>Нет связи со шлюзом</translation>
    </message>
    <message>
        <source>Nothing has left this till, and there is no QR code to pay {0} yet.</source>
        <translation>Из кассы ничего не ушло, QR-кода на {0} ещё нет.</translation>
    </message>
    <message>
        <source>Check the network, then send again: a second payment cannot come of it.</source>
        <translation>Проверьте сеть и отправьте ещё раз: второго платежа из этого не выйдет.</translation>
    </message>
    <message>
        <source>One moment, please: there is no link.</source>
        <translation>Минуту, пожалуйста: нет связи.</translation>
    </message>
    <message>
        <source>Do not hand over the goods</source>
        <translation>Товар не отдавайте</translation>
    </message>
    <message>
        <source>Mismatch — call a senior</source>
        <translation>Несовпадение — позовите старшего</translation>
    </message>
    <message>
        <source>The gateway’s answer differs from what was asked: {0}.</source>
        <translation>Ответ шлюза расходится с запросом: {0}.</translation>
    </message>
    <message>
        <source>it is about another payment</source>
        <translation>он о другом платеже</translation>
    </message>
    <message>
        <source>The goods stay here until a senior has decided.</source>
        <translation>Товар остаётся у вас, пока не решит старший.</translation>
    </message>
    <message>
        <source>The money: the customer may have paid another sum than {0}. A senior looks it up in the gateway’s cabinet.</source>
        <translation>Деньги: покупатель мог заплатить не {0}. Старший проверит это в кабинете шлюза.</translation>
    </message>
    <message>
        <source>Do not show a second QR code for this receipt.</source>
        <translation>Второй QR за этот чек не показывайте.</translation>
    </message>
    <message>
        <source>Please wait and do not pay again: I am calling my senior.</source>
        <translation>Подождите и не платите ещё раз: зову старшего.</translation>
    </message>
    <message>
        <source>Call a senior</source>
        <translation>Позовите старшего</translation>
    </message>
    <message>
        <source>Paid after cancel</source>
        <translation>Оплачен после отмены</translation>
    </message>
    <message>
        <source>{0} came when the payment was already taken for cancelled.</source>
        <translation>{0} пришли, когда платёж уже считался отменённым.</translation>
    </message>
    <message>
        <source>The money is with the shop. A senior decides: restore the sale or pay it back.</source>
        <translation>Деньги у магазина. Старший решает: восстановить продажу или вернуть их.</translation>
    </message>
    <message>
        <source>Do not hand over the goods and do not take money again before.</source>
        <translation>До этого товар не отдавайте и второй раз денег не берите.</translation>
    </message>
    <message>
        <source>Your payment has arrived after all. I am calling my senior, please wait.</source>
        <translation>Ваша оплата всё-таки пришла. Зову старшего, подождите.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Gateway: {0}</source>
        <translation>Шлюз: {0}</translation>
    </message>
    <message>
        <source>Before a new QR code the till asks the gateway again: the old payment is surely not paid.</source>
        <translation>Перед новым QR касса ещё раз спросит шлюз: прежний платёж точно не оплачен.</translation>
    </message>
</context>
<context>
    <name>OutcomeStage</name>
    <message>
        <source>Tell the customer</source>
        <translation>Скажите покупателю</translation>
    </message>
</context>
<context>
    <name>OverrideDialog</name>
    <message>
        <source>Say why: the reason is kept with the payment</source>
        <translation>Напишите причину: она сохранится вместе с платежом</translation>
    </message>
    <message>
        <source>A second payment while receipt {0} still waits.</source>
        <translation>Второй платёж, пока чек {0} ещё ждёт оплаты.</translation>
    </message>
    <message>
        <source>The terminal is busy. Take a second payment?</source>
        <translation>Терминал занят. Принять второй платёж?</translation>
    </message>
    <message>
        <source>Receipt {0} waits on the same printed QR. Whoever scans it now may pay the other receipt. Make sure that each customer pays their own.</source>
        <translation>На том же напечатанном QR ждёт чек {0}. Кто отсканирует его сейчас, может оплатить чужой чек. Проследите, чтобы каждый покупатель оплатил свой.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Show QR all the same</source>
        <translation>Всё равно показать QR</translation>
    </message>
</context>
<context>
    <name>PaidStage</name>
    <message>
        <source>Paid</source>
        <translation>Оплачено</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Время</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>New receipt</source>
        <translation>Новый чек</translation>
    </message>
    <message>
        <source>The next receipt waits for you</source>
        <translation>Новый чек — когда будете готовы</translation>
    </message>
    <message>
        <source>New receipt in {0} s</source>
        <translation>Новый чек через {0} с</translation>
    </message>
    <message>
        <source>any key or tap stops the clock</source>
        <translation>любая клавиша остановит отсчёт</translation>
    </message>
</context>
<context>
    <name>ParkedDialog</name>
    <message>
        <source>Parked receipts</source>
        <translation>Отложенные чеки</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ParkedRow</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n позиция</numerusform>
            <numerusform>%n позиции</numerusform>
            <numerusform>%n позиций</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassingBands</name>
    <message>
        <source>Free price</source>
        <translation>Свободная цена</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Пропустить</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Вернуть</translation>
    </message>
    <message>
        <source>Nothing is known by this code</source>
        <translation>Такой код ещё не встречался</translation>
    </message>
    <message>
        <source>The receipt was cleared</source>
        <translation>Чек очищен</translation>
    </message>
</context>
<context>
    <name>PastDialog</name>
    <message>
        <source>Earlier shifts</source>
        <translation>Прошлые смены</translation>
    </message>
    <message>
        <source>No shift of this till has been closed yet</source>
        <translation>На этой кассе ещё не закрывали смену</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>{0} · closed {1} · {2}</source>
        <translation>{0} · закрыта {1} · {2}</translation>
    </message>
</context>
<context>
    <name>Paying</name>
    <message>
        <source>The till was closed while this customer was paying. The QR stays valid; receipt {0} is being checked.</source>
        <translation>Кассу закрыли, пока покупатель платил. QR остаётся действительным, проверяем чек {0}.</translation>
    </message>
</context>
<context>
    <name>PaymentButtons</name>
    <message>
        <source>Check now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <source>Open the payment page</source>
        <translation>Открыть страницу оплаты</translation>
    </message>
    <message>
        <source>Wait in background</source>
        <translation>Ждать в фоне</translation>
    </message>
    <message>
        <source>Senior’s decision</source>
        <translation>Решение старшего</translation>
    </message>
    <message>
        <source>Repeat with a new QR</source>
        <translation>Повторить с новым QR</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Отправить ещё раз</translation>
    </message>
    <message>
        <source>Back to the receipt</source>
        <translation>Вернуться к чеку</translation>
    </message>
    <message>
        <source>Back to selling</source>
        <translation>К продаже</translation>
    </message>
    <message>
        <source>Press Esc once more</source>
        <translation>Нажмите Esc ещё раз</translation>
    </message>
    <message>
        <source>Cancel payment</source>
        <translation>Отменить платёж</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Отменяем…</translation>
    </message>
    <message>
        <source>Checking the earlier payment…</source>
        <translation>Проверяем прежний платёж…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Отправляем…</translation>
    </message>
</context>
<context>
    <name>PaymentIds</name>
    <message>
        <source>Payment number</source>
        <translation>Номер платежа</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>Номер заказа</translation>
    </message>
    <message>
        <source>At the gateway</source>
        <translation>В шлюзе</translation>
    </message>
    <message>
        <source>not asked just now</source>
        <translation>сейчас не спрошен</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>оплачен</translation>
    </message>
    <message>
        <source>paid, checked at {0}</source>
        <translation>оплачен, проверено в {0}</translation>
    </message>
</context>
<context>
    <name>PaymentPage</name>
    <message>
        <source>Payment</source>
        <translation>Оплата</translation>
    </message>
    <message>
        <source>Enlarge QR</source>
        <translation>Увеличить QR</translation>
    </message>
    <message>
        <source>Wait in background</source>
        <translation>Ждать в фоне</translation>
    </message>
    <message>
        <source>A cancel without a link is confirmed when the gateway answers</source>
        <translation>Отмена без связи подтвердится, когда шлюз ответит</translation>
    </message>
    <message>
        <source>Leaving this page does not cancel the payment</source>
        <translation>Уход из раздела платёж не отменяет</translation>
    </message>
    <message>
        <source>Attempt {0}</source>
        <translation>Попытка {0}</translation>
    </message>
    <message>
        <source>next check in {0} s</source>
        <translation>следующая проверка через {0} с</translation>
    </message>
</context>
<context>
    <name>PeriodDialog</name>
    <message>
        <source>Type a day, e.g. 24.11.2026</source>
        <translation>Введите день, например 24.11.2026</translation>
    </message>
    <message>
        <source>The last day is before the first one</source>
        <translation>Последний день раньше первого</translation>
    </message>
    <message>
        <source>Own dates</source>
        <translation>Свои даты</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Первый день</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Последний день</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
</context>
<context>
    <name>PersonButton</name>
    <message>
        <source>At the till: {0}, {1}. Change the cashier</source>
        <translation>За кассой: {0}, {1}. Сменить кассира</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Enter the name</source>
        <translation>Введите имя</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохраняем…</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>Новый сотрудник</translation>
    </message>
    <message>
        <source>Change a person</source>
        <translation>Изменить сотрудника</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>{0} types it twice; nobody else sees it.</source>
        <translation>{0} вводит его дважды сам, больше никто его не видит.</translation>
    </message>
    <message>
        <source>The new person types the PIN; nobody else sees it.</source>
        <translation>ПИН-код вводит сам сотрудник, больше никто его не видит.</translation>
    </message>
    <message>
        <source>Last and first name</source>
        <translation>Фамилия и имя</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message numerus="yes">
        <source>PIN, %n digits</source>
        <translation>
            <numerusform>ПИН-код, %n цифра</numerusform>
            <numerusform>ПИН-код, %n цифры</numerusform>
            <numerusform>ПИН-код, %n цифр</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Войти</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Nobody at this till may allow it.</source>
        <translation>Нет сотрудников с таким правом.</translation>
    </message>
    <message>
        <source>Confirm by PIN</source>
        <translation>Подтвердите ПИН-кодом</translation>
    </message>
    <message>
        <source>Approval by a senior cashier</source>
        <translation>Подтверждение старшего кассира</translation>
    </message>
    <message>
        <source>Approval by a manager</source>
        <translation>Подтверждение менеджера</translation>
    </message>
    <message>
        <source>Approval by an administrator</source>
        <translation>Подтверждение администратора</translation>
    </message>
    <message>
        <source>Who approves</source>
        <translation>Кто подтверждает</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
    <message>
        <source>The PIN holds for this one action only</source>
        <translation>ПИН-код действует только на это действие</translation>
    </message>
</context>
<context>
    <name>PinEntry</name>
    <message>
        <source>PIN, {0} of {1} digits typed</source>
        <translation>ПИН-код, введено цифр: {0} из {1}</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>Take back the last digit</source>
        <translation>Стереть последнюю цифру</translation>
    </message>
</context>
<context>
    <name>QrOverlay</name>
    <message>
        <source>QR code to pay {0}</source>
        <translation>QR-код для оплаты {0}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Sale</source>
        <translation>Продажа</translation>
    </message>
    <message>
        <source>Payments</source>
        <translation>Платежи</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Возврат</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Смена</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>Терминалы</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Payments that need a decision: {0}</source>
        <translation>Платежи, требуют решения: {0}</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Блокировка</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Reason for refund</source>
        <translation>Причина возврата</translation>
    </message>
    <message>
        <source>Choose or type a reason</source>
        <translation>Выберите или впишите</translation>
    </message>
    <message>
        <source>Item did not suit</source>
        <translation>Не подошёл товар</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>Брак</translation>
    </message>
    <message>
        <source>Cashier’s mistake</source>
        <translation>Ошибка кассира</translation>
    </message>
    <message>
        <source>Customer changed their mind</source>
        <translation>Отказ покупателя</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
</context>
<context>
    <name>ReceiptDialog</name>
    <message>
        <source>Receipt {0}</source>
        <translation>Чек {0}</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Итого</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Copy, PDF</source>
        <translation>Копия PDF</translation>
    </message>
    <message>
        <source>The goods of this payment are not known here.</source>
        <translation>Товары этого платежа здесь неизвестны.</translation>
    </message>
</context>
<context>
    <name>ReceiptPanel</name>
    <message>
        <source>Receipt {0}</source>
        <translation>Чек {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n позиция</numerusform>
            <numerusform>%n позиции</numerusform>
            <numerusform>%n позиций</numerusform>
        </translation>
    </message>
    <message>
        <source>Lines of the receipt</source>
        <translation>Позиции чека</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Итого</translation>
    </message>
    <message>
        <source>Receipt kept, the items are in place</source>
        <translation>Чек сохранён, позиции на месте</translation>
    </message>
    <message>
        <source>Frozen until the outcome is known</source>
        <translation>Заморожен до исхода платежа</translation>
    </message>
    <message>
        <source>Receipt frozen until the outcome is known</source>
        <translation>Чек заморожен до исхода платежа</translation>
    </message>
    <message>
        <source>Receipt discount</source>
        <translation>Скидка на чек</translation>
    </message>
    <message>
        <source>Receipt discount {0}</source>
        <translation>Скидка на чек {0}</translation>
    </message>
</context>
<context>
    <name>ReconcileCard</name>
    <message>
        <source>Check against the gateway</source>
        <translation>Сверка со шлюзом</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>The check was broken off</source>
        <translation>Сверка прервана</translation>
    </message>
    <message>
        <source>Asks the gateway about every payment and refund of the shift</source>
        <translation>Касса спросит шлюз о каждом платеже и возврате смены</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} из {1}</translation>
    </message>
    <message>
        <source>Asking the gateway…</source>
        <translation>Спрашиваем шлюз…</translation>
    </message>
    <message numerus="yes">
        <source>%n payment(s)</source>
        <translation>
            <numerusform>%n платёж</numerusform>
            <numerusform>%n платежа</numerusform>
            <numerusform>%n платежей</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refund(s)</source>
        <translation>
            <numerusform>%n возврат</numerusform>
            <numerusform>%n возврата</numerusform>
            <numerusform>%n возвратов</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} and {1}</source>
        <translation>{0} и {1}</translation>
    </message>
    <message>
        <source>checked at {0}</source>
        <translation>проверено в {0}</translation>
    </message>
    <message>
        <source>differences: {0}</source>
        <translation>расхождений {0}</translation>
    </message>
    <message>
        <source>without an answer: {0}</source>
        <translation>без ответа {0}</translation>
    </message>
</context>
<context>
    <name>ReconcileRestoredDialog</name>
    <message>
        <source>Ask the gateway about everything that the restored journal knows.</source>
        <translation>Спросить шлюз обо всём, что знает восстановленный журнал.</translation>
    </message>
    <message>
        <source>Type the refund’s number from the account</source>
        <translation>Введите номер возврата из личного кабинета</translation>
    </message>
    <message>
        <source>Enter a refund that was made after the copy.</source>
        <translation>Внести возврат, сделанный после копии.</translation>
    </message>
    <message>
        <source>Its payment is not in this journal: find it first (Payments, F6): {0}</source>
        <translation>Его платежа нет в этом журнале, сначала найдите платёж (Платежи, F6): {0}</translation>
    </message>
    <message>
        <source>Say what was looked up, and by whom</source>
        <translation>Напишите, что и кем просмотрено</translation>
    </message>
    <message>
        <source>Refunds made after the copy are looked up and entered: let refunds go on.</source>
        <translation>Возвраты, сделанные после копии, найдены и внесены: открыть возвраты.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваем…</translation>
    </message>
    <message>
        <source>Writing it down…</source>
        <translation>Записываем…</translation>
    </message>
    <message>
        <source>Enter takes it in</source>
        <translation>Enter вносит его</translation>
    </message>
    <message>
        <source>entered: {0}</source>
        <translation>внесено: {0}</translation>
    </message>
    <message>
        <source>Number of a refund made after the copy</source>
        <translation>Номер возврата, сделанного после копии</translation>
    </message>
    <message>
        <source>{0} of {1} asked</source>
        <translation>Спрошено {0} из {1}</translation>
    </message>
    <message>
        <source>The gateway has answered</source>
        <translation>Шлюз ответил</translation>
    </message>
    <message>
        <source>No answer about {0} of {1}: ask again later</source>
        <translation>Без ответа {0} из {1}: спросите ещё раз позже</translation>
    </message>
    <message>
        <source>The gateway says otherwise about: {0}. The till follows them by itself</source>
        <translation>Шлюз отвечает иначе о: {0}. Касса следит за ними сама</translation>
    </message>
    <message>
        <source>Payments and refunds are as the gateway says: {0}</source>
        <translation>Платежи и возвраты совпали со шлюзом: {0}</translation>
    </message>
    <message>
        <source>Refunds wait since the journal was restored</source>
        <translation>После восстановления журнала возвраты ждут</translation>
    </message>
    <message>
        <source>The copy ends at {0}. Refunds made after that are not in this journal: to refund now could give the same money back twice.
1. Ask the gateway about everything the journal knows.
2. Look up the refunds made after {0} in the Invoice account and enter the number of each below. Payments that are missing are found by their number (Payments, F6).
3. Confirm it here, with a manager’s PIN. From then on refunds go on.</source>
        <translation>Копия кончается {0}. Возвратов, сделанных позже, в этом журнале нет: возврат сейчас мог бы отдать те же деньги второй раз.
1. Спросите шлюз обо всём, что знает журнал.
2. Найдите в личном кабинете Invoice возвраты после {0} и внесите номер каждого ниже. Недостающие платежи находятся по номеру (Платежи, F6).
3. Подтвердите здесь ПИН-кодом менеджера. После этого возвраты открыты.</translation>
    </message>
    <message>
        <source>Ask the gateway</source>
        <translation>Спросить шлюз</translation>
    </message>
    <message>
        <source>What was looked up and entered</source>
        <translation>Что просмотрено и внесено</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Подтвердить</translation>
    </message>
</context>
<context>
    <name>RefundBank</name>
    <message>
        <source>Call a manager: the bank has to be asked why it does not take the refund.</source>
        <translation>Позовите менеджера: у банка надо узнать, почему он не принимает возврат.</translation>
    </message>
    <message>
        <source>Make the refund again later; nothing has gone back this time.</source>
        <translation>Оформите возврат позже: сейчас ничего не возвращено.</translation>
    </message>
    <message>
        <source>The money cannot go back to this card. A manager arranges with the customer how else to return it.</source>
        <translation>На эту карту вернуть нельзя. Менеджер договорится с покупателем о другом способе.</translation>
    </message>
    <message>
        <source>It may have been carried out already. A manager looks in the gateway’s cabinet before anybody refunds again.</source>
        <translation>Возврат мог уже исполниться. Менеджер проверит в личном кабинете, прежде чем возвращать снова.</translation>
    </message>
    <message>
        <source>Refund a smaller sum, or call a manager: the bank has set this limit.</source>
        <translation>Верните меньшую сумму или позовите менеджера: этот лимит установил банк.</translation>
    </message>
    <message>
        <source>The bank declined the refund</source>
        <translation>Банк отклонил возврат</translation>
    </message>
    <message>
        <source>The bank takes it for a repeated refund</source>
        <translation>Банк считает возврат повторным</translation>
    </message>
    <message>
        <source>The bank ran out of time for the refund</source>
        <translation>Банк не успел провести возврат</translation>
    </message>
    <message>
        <source>The bank did not confirm whose refund it is</source>
        <translation>Банк не подтвердил, чей это возврат</translation>
    </message>
    <message>
        <source>The bank does not let this shop refund</source>
        <translation>Банк не даёт магазину возвращать</translation>
    </message>
    <message>
        <source>The bank did not understand the refund</source>
        <translation>Банк не понял запрос на возврат</translation>
    </message>
    <message>
        <source>The card takes no refunds: it is restricted</source>
        <translation>Карта ограничена и не принимает возврат</translation>
    </message>
    <message>
        <source>The card’s bank declined the refund without a reason</source>
        <translation>Банк карты отклонил возврат без причины</translation>
    </message>
    <message>
        <source>The bank does not allow a refund of this payment</source>
        <translation>Банк не разрешает возврат этого платежа</translation>
    </message>
    <message>
        <source>There is no such card any more</source>
        <translation>Такой карты больше нет</translation>
    </message>
    <message>
        <source>The card takes no refunds: it is reported lost</source>
        <translation>Карта утеряна и не принимает возврат</translation>
    </message>
    <message>
        <source>The card takes no refunds: it is reported stolen</source>
        <translation>Карта украдена и не принимает возврат</translation>
    </message>
    <message>
        <source>Not enough money on the shop’s account for the refund</source>
        <translation>На счёте магазина не хватает денег на возврат</translation>
    </message>
    <message>
        <source>Call a manager: the refund can be made when the shop’s account has been filled up.</source>
        <translation>Позовите менеджера: возврат пройдёт, когда счёт магазина пополнят.</translation>
    </message>
    <message>
        <source>The customer’s card has expired</source>
        <translation>Срок карты покупателя истёк</translation>
    </message>
    <message>
        <source>Refunds are not allowed for this card</source>
        <translation>Для этой карты возвраты запрещены</translation>
    </message>
    <message>
        <source>Refunds are not allowed for this shop</source>
        <translation>Для этого магазина возвраты запрещены</translation>
    </message>
    <message>
        <source>The bank suspects fraud and stopped the refund</source>
        <translation>Банк подозревает мошенничество и остановил возврат</translation>
    </message>
    <message>
        <source>The refund is over the bank’s limit of a sum</source>
        <translation>Возврат больше лимита банка</translation>
    </message>
    <message>
        <source>The card is closed for refunds</source>
        <translation>Карта закрыта для возвратов</translation>
    </message>
    <message>
        <source>Too many refunds to this card</source>
        <translation>Слишком много возвратов на эту карту</translation>
    </message>
    <message>
        <source>The card’s bank did not answer the refund in time</source>
        <translation>Банк карты не ответил вовремя</translation>
    </message>
    <message>
        <source>The card’s bank cannot be reached for the refund</source>
        <translation>Банк карты сейчас недоступен</translation>
    </message>
    <message>
        <source>The bank declined the refund because of the law</source>
        <translation>Банк отклонил возврат по закону</translation>
    </message>
    <message>
        <source>The bank may have refunded already</source>
        <translation>Банк мог уже вернуть деньги</translation>
    </message>
    <message>
        <source>The bank has a fault and did not refund</source>
        <translation>В банке сбой, возврат не проведён</translation>
    </message>
</context>
<context>
    <name>RefundContent</name>
    <message>
        <source>Refund of receipt {0}</source>
        <translation>Возврат по чеку {0}</translation>
    </message>
    <message>
        <source>Refund of a payment</source>
        <translation>Возврат по платежу</translation>
    </message>
    <message>
        <source>Partly refunded</source>
        <translation>Частичный возврат</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращён</translation>
    </message>
    <message>
        <source>Scan the slip or type the receipt’s number</source>
        <translation>Отсканируйте слип или введите номер чека</translation>
    </message>
    <message>
        <source>The number stands on the slip, like 187-041</source>
        <translation>Номер есть на слипе, например 187-041</translation>
    </message>
    <message>
        <source>Asking the gateway about this payment…</source>
        <translation>Спрашиваем шлюз об этом платеже…</translation>
    </message>
    <message>
        <source>The money goes back the way it was paid. A refund cannot be undone.</source>
        <translation>Деньги вернутся тем же способом, которым оплачено. Возврат нельзя отменить.</translation>
    </message>
</context>
<context>
    <name>RefundGrid</name>
    <message>
        <source>To refund</source>
        <translation>К возврату</translation>
    </message>
    <message>
        <source>What goes back</source>
        <translation>Что возвращается</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Меньше</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Больше</translation>
    </message>
    <message>
        <source>To refund, {name}</source>
        <translation>К возврату, {name}</translation>
    </message>
</context>
<context>
    <name>RefundModel</name>
    <message>
        <source>Item</source>
        <translation>Наименование</translation>
    </message>
    <message>
        <source>Price, {currency}</source>
        <translation>Цена, {currency}</translation>
    </message>
    <message>
        <source>Sold</source>
        <translation>Продано</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>To refund</source>
        <translation>К возврату</translation>
    </message>
    <message>
        <source>Amount, {currency}</source>
        <translation>Сумма, {currency}</translation>
    </message>
    <message>
        <source>all refunded</source>
        <translation>возвращён весь</translation>
    </message>
    <message numerus="yes">
        <source>pcs</source>
        <comment>unit of a quantity</comment>
        <translation>
            <numerusform>шт</numerusform>
            <numerusform>шт</numerusform>
            <numerusform>шт</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefundNotices</name>
    <message>
        <source>This till does not know that payment</source>
        <translation>Касса не знает этого платежа</translation>
    </message>
    <message>
        <source>A manager can look it up at the gateway.</source>
        <translation>Менеджер может найти его в шлюзе.</translation>
    </message>
    <message>
        <source>Nothing was found: {0}</source>
        <translation>Ничего не найдено: {0}</translation>
    </message>
    <message>
        <source>Another till’s payment is found by the order number on its slip.</source>
        <translation>Платёж другой кассы ищут по номеру заказа со слипа.</translation>
    </message>
    <message>
        <source>The gateway was not asked about this payment just now</source>
        <translation>Спросить шлюз об этом платеже сейчас не удалось</translation>
    </message>
</context>
<context>
    <name>RefundOutcome</name>
    <message>
        <source>The refund was not sent</source>
        <translation>Возврат не отправлен</translation>
    </message>
    <message>
        <source>Nothing has left this till; {0} have not gone back.</source>
        <translation>Из кассы ничего не ушло, {0} не возвращены.</translation>
    </message>
    <message>
        <source>Check the network, then send again: a second refund cannot come of it.</source>
        <translation>Проверьте сеть и отправьте ещё раз: второго возврата из-за этого не будет.</translation>
    </message>
    <message>
        <source>One moment, please: there is no link.</source>
        <translation>Одну минуту, нет связи.</translation>
    </message>
    <message>
        <source>The refund of {0} is being sent</source>
        <translation>Отправляем возврат {0}</translation>
    </message>
    <message>
        <source>Wait for the answer; it is never sent twice.</source>
        <translation>Дождитесь ответа: второй раз он не отправится.</translation>
    </message>
    <message>
        <source>{0} have gone back</source>
        <translation>{0} возвращены</translation>
    </message>
    <message>
        <source>The gateway confirmed it. The money went to: {0}.</source>
        <translation>Шлюз подтвердил. Куда ушли деньги: {0}.</translation>
    </message>
    <message>
        <source>The refund is done. When the money shows on your account depends on your bank</source>
        <translation>Возврат выполнен. Когда деньги появятся на счёте, зависит от вашего банка</translation>
    </message>
    <message>
        <source>The bank declines; the till asks once more, a minute later at the earliest. Until then the {0} stay blocked.</source>
        <translation>Банк отказывает. Касса спросит ещё раз не раньше чем через минуту, до этого {0} заблокированы.</translation>
    </message>
    <message>
        <source>One moment, please: the bank is checking</source>
        <translation>Одну минуту, банк проверяет возврат</translation>
    </message>
    <message>
        <source>The bank declined twice: {0} have not gone back and can be refunded again.</source>
        <translation>Банк отказал дважды: {0} не возвращены, их можно вернуть заново.</translation>
    </message>
    <message>
        <source>The bank did not carry out the refund</source>
        <translation>Банк не провёл возврат</translation>
    </message>
    <message>
        <source>The refund was given up</source>
        <translation>Возврат не отправлялся</translation>
    </message>
    <message>
        <source>It was never sent; {0} stay paid.</source>
        <translation>Он не был отправлен, {0} остаются оплаченными.</translation>
    </message>
    <message>
        <source>The refund was not carried out</source>
        <translation>Возврат не исполнен</translation>
    </message>
    <message>
        <source>A manager confirmed it: {0} can be refunded again.</source>
        <translation>Это подтвердил менеджер: {0} можно вернуть заново.</translation>
    </message>
    <message>
        <source>The bank has taken the refund of {0} to: {1}.</source>
        <translation>Банк принял возврат {0}. Куда: {1}.</translation>
    </message>
    <message>
        <source>It has been under way for more than a day: call the bank.</source>
        <translation>Он идёт больше суток: позвоните в банк.</translation>
    </message>
    <message>
        <source>The money is on its way</source>
        <translation>Деньги в пути</translation>
    </message>
    <message>
        <source>The till asks the gateway by itself, even if you go on or start it again.</source>
        <translation>Касса спрашивает шлюз сама, даже если вы уйдёте с экрана или перезапустите её.</translation>
    </message>
    <message>
        <source>The refund is under way. When the money shows on your account depends on your bank</source>
        <translation>Возврат оформлен. Когда деньги появятся на счёте, зависит от вашего банка</translation>
    </message>
    <message>
        <source>The gateway did not take the refund</source>
        <translation>Шлюз не принял возврат</translation>
    </message>
    <message>
        <source>{0} have not gone back; what you chose is kept.</source>
        <translation>{0} не возвращены. Выбранное сохранено.</translation>
    </message>
    <message>
        <source>The refund did not go through; I will see why</source>
        <translation>Возврат не прошёл, сейчас выясню почему</translation>
    </message>
    <message>
        <source>The gateway does not accept this till’s key. Call the administrator.</source>
        <translation>Шлюз не принимает ключ этой кассы. Позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway does not take this currency back.</source>
        <translation>Шлюз не возвращает в этой валюте.</translation>
    </message>
    <message>
        <source>The gateway says that so much cannot go back of this payment.</source>
        <translation>Шлюз говорит, что столько по этому платежу вернуть нельзя.</translation>
    </message>
    <message>
        <source>The gateway does not know this payment. Call a manager.</source>
        <translation>Шлюз не знает этого платежа. Позовите менеджера.</translation>
    </message>
    <message>
        <source>Look at what was chosen, or call the administrator.</source>
        <translation>Проверьте, что выбрано, или позовите администратора.</translation>
    </message>
    <message>
        <source>Do not refund it again: the money may have gone back already.</source>
        <translation>Не возвращайте повторно: деньги могли уже уйти.</translation>
    </message>
    <message>
        <source>A manager finds it in the gateway’s cabinet by its tag #{0} and decides.</source>
        <translation>Менеджер найдёт возврат в личном кабинете по метке #{0} и решит.</translation>
    </message>
    <message>
        <source>Until then {0} of this payment stay blocked.</source>
        <translation>До этого {0} по этому платежу заблокированы.</translation>
    </message>
    <message>
        <source>The gateway’s answer is about another refund: {0}.</source>
        <translation>Шлюз ответил о другом возврате: {0}.</translation>
    </message>
    <message>
        <source>The result is unknown</source>
        <translation>Результат неизвестен</translation>
    </message>
    <message>
        <source>Do not repeat it. It is a task for a manager now.</source>
        <translation>Не повторяйте. Теперь это задача менеджеру.</translation>
    </message>
    <message>
        <source>The refund is being checked. A manager will tell you how it ended</source>
        <translation>Проверяем возврат. Менеджер сообщит вам результат</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Отправлен</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Деньгами</translation>
    </message>
    <message>
        <source>Bonuses</source>
        <translation>Бонусами</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Метка</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер возврата</translation>
    </message>
    <message>
        <source>Gateway: {0}</source>
        <translation>Шлюз: {0}</translation>
    </message>
</context>
<context>
    <name>RefundPage</name>
    <message>
        <source>Confirmed by a manager, PIN</source>
        <translation>Подтверждает менеджер, ПИН-код</translation>
    </message>
    <message>
        <source>Confirmed by a senior cashier, PIN</source>
        <translation>Подтверждает старший кассир, ПИН-код</translation>
    </message>
    <message>
        <source>Say why the money goes back</source>
        <translation>Укажите причину возврата</translation>
    </message>
    <message>
        <source>Waiting for the gateway, {0} at most</source>
        <translation>Ждём ответа шлюза, не дольше {0}</translation>
    </message>
    <message>
        <source>as a manager said at adoption, by the cabinet</source>
        <translation>внёс менеджер при приёме, по кабинету</translation>
    </message>
    <message>
        <source>Ask the gateway</source>
        <translation>Спросить шлюз</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Возврат</translation>
    </message>
</context>
<context>
    <name>RefundPanel</name>
    <message>
        <source>Refund amount</source>
        <translation>Сумма возврата</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Оформить возврат</translation>
    </message>
    <message>
        <source>Do not refund</source>
        <translation>Не возвращать</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Отправляем</translation>
    </message>
    <message>
        <source>To refund</source>
        <translation>К возврату</translation>
    </message>
    <message>
        <source>{0} will be left</source>
        <translation>останется {0}</translation>
    </message>
    <message>
        <source>without items</source>
        <translation>без позиций</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n позиция</numerusform>
            <numerusform>%n позиции</numerusform>
            <numerusform>%n позиций</numerusform>
        </translation>
    </message>
    <message>
        <source>Say what went back</source>
        <translation>Указать возвращённое</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Отправляем…</translation>
    </message>
    <message>
        <source>Send the refund</source>
        <translation>Отправить возврат</translation>
    </message>
    <message>
        <source>This refund</source>
        <translation>Этот возврат</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Отправить ещё раз</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Decide (manager)</source>
        <translation>Решить (менеджер)</translation>
    </message>
    <message>
        <source>Back to the refund</source>
        <translation>Изменить возврат</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачено</translation>
    </message>
    <message>
        <source>Refunded before</source>
        <translation>Возвращено ранее</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестно</translation>
    </message>
    <message>
        <source>Left to refund</source>
        <translation>Остаток к возврату</translation>
    </message>
    <message>
        <source>Allowed by {0}. F12 sends it.</source>
        <translation>Разрешает {0}. F12 отправит возврат.</translation>
    </message>
</context>
<context>
    <name>RefundStage</name>
    <message>
        <source>Tell the customer</source>
        <translation>Скажите покупателю</translation>
    </message>
    <message>
        <source>“{0}.”</source>
        <translation>«{0}».</translation>
    </message>
</context>
<context>
    <name>RefundTexts</name>
    <message>
        <source>Another refund of this payment is not settled yet; look at it first</source>
        <translation>По этому платежу не завершён другой возврат, сначала разберитесь с ним</translation>
    </message>
    <message>
        <source>It is not known how much went back before</source>
        <translation>Неизвестно, сколько вернули раньше</translation>
    </message>
    <message>
        <source>The journal was restored from a copy: refunds wait until a manager has reconciled (the red line above)</source>
        <translation>Журнал восстановлен из копии: возвраты ждут, пока менеджер не сверит (красная строка вверху)</translation>
    </message>
    <message>
        <source>Everything has been refunded</source>
        <translation>Возвращено всё</translation>
    </message>
    <message>
        <source>Enter the sum</source>
        <translation>Введите сумму</translation>
    </message>
    <message>
        <source>Choose what goes back</source>
        <translation>Выберите, что возвращается</translation>
    </message>
    <message>
        <source>This is not a sum of money</source>
        <translation>Это не сумма</translation>
    </message>
    <message>
        <source>No more than two digits after the point</source>
        <translation>Не больше двух знаков после запятой</translation>
    </message>
    <message>
        <source>More than is left: {0}</source>
        <translation>Больше остатка {0}</translation>
    </message>
    <message>
        <source>The chosen lines are worth nothing</source>
        <translation>Выбранные позиции ничего не стоят</translation>
    </message>
    <message>
        <source>Refund of a sum: this till does not know the items</source>
        <translation>Возврат суммы: позиций этого чека нет в журнале кассы</translation>
    </message>
    <message>
        <source>A manager found the payment at the gateway and adopted it.</source>
        <translation>Платёж найден в шлюзе и принят менеджером.</translation>
    </message>
    <message>
        <source>Only a sum can go back.</source>
        <translation>Вернуть можно только сумму.</translation>
    </message>
    <message>
        <source>Refund of a sum, without items</source>
        <translation>Возврат суммы, без позиций</translation>
    </message>
    <message>
        <source>Shift+F4 leads back to the items of the receipt.</source>
        <translation>Shift+F4 вернёт к позициям чека.</translation>
    </message>
    <message>
        <source>The gateway does not know such a payment</source>
        <translation>Шлюз не знает такого платежа</translation>
    </message>
    <message>
        <source>Refund of {0}, receipt {1}, to: {2}.</source>
        <translation>Возврат {0} по чеку {1}. Куда: {2}.</translation>
    </message>
    <message>
        <source>Refund of {0} to: {1}.</source>
        <translation>Возврат {0}. Куда: {1}.</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Проверить сейчас</translation>
    </message>
    <message>
        <source>Find a receipt</source>
        <translation>Найти чек</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Причина</translation>
    </message>
    <message>
        <source>Another receipt</source>
        <translation>Другой чек</translation>
    </message>
    <message>
        <source>By items</source>
        <translation>По позициям</translation>
    </message>
    <message>
        <source>Type the sum</source>
        <translation>Ввести сумму</translation>
    </message>
    <message>
        <source>All that is left</source>
        <translation>Весь остаток</translation>
    </message>
    <message>
        <source>Change quantity</source>
        <translation>Изменить кол-во</translation>
    </message>
    <message>
        <source>Type quantity</source>
        <translation>Ввести кол-во</translation>
    </message>
    <message>
        <source>By sum</source>
        <translation>Суммой</translation>
    </message>
</context>
<context>
    <name>RenameTerminalDialog</name>
    <message>
        <source>Saving…</source>
        <translation>Сохраняем…</translation>
    </message>
    <message>
        <source>Rename here</source>
        <translation>Переименовать здесь</translation>
    </message>
    <message>
        <source>Only this till calls it so. Customers see the gateway’s name: {0}</source>
        <translation>Так его называет только эта касса. Покупатель видит название из шлюза: {0}</translation>
    </message>
    <message>
        <source>Name on this till</source>
        <translation>Название на этой кассе</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Сохранить как PDF</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>Save for Excel</source>
        <translation>Сохранить для Excel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ReportFiles</name>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Excel (*.xlsx)</source>
        <translation>Excel (*.xlsx)</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>Shift by terminal</source>
        <translation>Смена по терминалам</translation>
    </message>
    <message>
        <source>{0} · open for {1} of 24 h</source>
        <translation>{0} · идёт {1} из 24&#xa0;ч</translation>
    </message>
    <message>
        <source>The shift has been open for more than 24 hours</source>
        <translation>Смена открыта больше 24 часов</translation>
    </message>
    <message>
        <source>Close it (F12): the next sale opens a new one</source>
        <translation>Закройте её (F12): следующая продажа откроет новую</translation>
    </message>
    <message>
        <source>{0}: sales {1} · {2}, refunds {3} · {4}</source>
        <translation>{0}: продажи {1} · {2}, возвраты {3} · {4}</translation>
    </message>
    <message>
        <source>{0}, revenue {1}</source>
        <translation>{0}, выручка {1}</translation>
    </message>
</context>
<context>
    <name>RescueWindow</name>
    <message>
        <source>Put the journal back as it was in the copy of {0}.</source>
        <translation>Вернуть журнал к копии от {0}.</translation>
    </message>
    <message>
        <source>Checking the copy…</source>
        <translation>Проверяем копию…</translation>
    </message>
    <message>
        <source>There is no verified copy beside this journal</source>
        <translation>Рядом с журналом нет проверенной копии</translation>
    </message>
    <message>
        <source>Put a verified copy back</source>
        <translation>Восстановить из проверенной копии</translation>
    </message>
    <message>
        <source>Putting the copy back…</source>
        <translation>Восстанавливаем копию…</translation>
    </message>
    <message>
        <source>The journal of payments is gone</source>
        <translation>Журнал платежей пропал</translation>
    </message>
    <message>
        <source>The journal of payments is older than it was</source>
        <translation>Журнал платежей старее, чем был</translation>
    </message>
    <message>
        <source>The journal of payments is damaged</source>
        <translation>Журнал платежей повреждён</translation>
    </message>
    <message>
        <source>The copy is checked once more. Do not switch the computer off.</source>
        <translation>Копия проверяется ещё раз. Не выключайте компьютер.</translation>
    </message>
    <message>
        <source>Nothing can be sold with it. Nothing was deleted: the file stays as it is. Call the administrator, who puts a copy back or the file itself.</source>
        <translation>Продавать с ним нельзя. Ничего не удалено: файл остаётся как есть. Позовите администратора: он восстановит копию или вернёт сам файл.</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
</context>
<context>
    <name>RestoreDialog</name>
    <message>
        <source>Put the journal back as it was in the copy of {0}.</source>
        <translation>Вернуть журнал к копии от {0}.</translation>
    </message>
    <message>
        <source>Checking the copy…</source>
        <translation>Проверяем копию…</translation>
    </message>
    <message>
        <source>Restore the journal from a copy</source>
        <translation>Восстановить журнал из копии</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
</context>
<context>
    <name>RestoredNote</name>
    <message>
        <source>Refunds made after the copy are not in this journal. Ask the gateway, look them up in the Invoice account, and confirm it with a manager’s PIN.</source>
        <translation>Возвратов, сделанных после копии, в этом журнале нет. Спросите шлюз, найдите их в личном кабинете Invoice и подтвердите это ПИН-кодом менеджера.</translation>
    </message>
    <message>
        <source>Reconcile</source>
        <translation>Сверить</translation>
    </message>
</context>
<context>
    <name>SaleEntry</name>
    <message>
        <source>Goods</source>
        <translation>Товар</translation>
    </message>
    <message>
        <source>Barcode, SKU or name</source>
        <translation>Штрихкод, артикул или название</translation>
    </message>
    <message>
        <source>Price, {currency}</source>
        <translation>Цена, {currency}</translation>
    </message>
</context>
<context>
    <name>SaleGrid</name>
    <message>
        <source>Quantity</source>
        <translation>Количество</translation>
    </message>
    <message>
        <source>Receipt lines</source>
        <translation>Строки чека</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Меньше</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Больше</translation>
    </message>
    <message>
        <source>The receipt is empty</source>
        <translation>Чек пуст</translation>
    </message>
    <message>
        <source>Scan an item or start typing its name</source>
        <translation>Отсканируйте товар или начните вводить название</translation>
    </message>
    <message>
        <source>Free price</source>
        <translation>Свободная цена</translation>
    </message>
    <message>
        <source>Quantity, {name}</source>
        <translation>Количество, {name}</translation>
    </message>
</context>
<context>
    <name>SaleModel</name>
    <message>
        <source>No.</source>
        <translation>№</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Наименование</translation>
    </message>
    <message>
        <source>Price, {currency}</source>
        <translation>Цена, {currency}</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Кол-во</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Скидка</translation>
    </message>
    <message>
        <source>Amount, {currency}</source>
        <translation>Сумма, {currency}</translation>
    </message>
    <message numerus="yes">
        <source>pcs</source>
        <comment>unit of a quantity</comment>
        <translation>
            <numerusform>шт</numerusform>
            <numerusform>шт</numerusform>
            <numerusform>шт</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaleNumbers</name>
    <message>
        <source>Change the line</source>
        <translation>Изменить строку</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Количество</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Цена</translation>
    </message>
    <message>
        <source>Line discount</source>
        <translation>Скидка на строку</translation>
    </message>
    <message>
        <source>Receipt discount</source>
        <translation>Скидка на чек</translation>
    </message>
</context>
<context>
    <name>SalePage</name>
    <message>
        <source>Search</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Кол-во</translation>
    </message>
    <message>
        <source>Line discount</source>
        <translation>Скидка на строку</translation>
    </message>
    <message>
        <source>Remove line</source>
        <translation>Убрать строку</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>Возврат</translation>
    </message>
    <message>
        <source>To the waiting payment</source>
        <translation>К ожидающей оплате</translation>
    </message>
    <message>
        <source>A senior’s override</source>
        <translation>Разрешение старшего</translation>
    </message>
    <message>
        <source>The scanner waits for an answer</source>
        <translation>Сканер ждёт ответа</translation>
    </message>
    <message>
        <source>Scanner ready</source>
        <translation>Сканер готов</translation>
    </message>
    <message>
        <source>Sale</source>
        <translation>Продажа</translation>
    </message>
    <message>
        <source>Free pr.</source>
        <translation>Своб. цена</translation>
    </message>
    <message>
        <source>Free price</source>
        <translation>Свободная цена</translation>
    </message>
    <message>
        <source>Item {code}</source>
        <translation>Товар {code}</translation>
    </message>
    <message>
        <source>No link to the gateway</source>
        <translation>Нет связи со шлюзом</translation>
    </message>
</context>
<context>
    <name>SalePanel</name>
    <message>
        <source>Creating…</source>
        <translation>Создаём…</translation>
    </message>
    <message>
        <source>Receipt {number}</source>
        <translation>Чек {number}</translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n позиция</numerusform>
            <numerusform>%n позиции</numerusform>
            <numerusform>%n позиций</numerusform>
        </translation>
    </message>
    <message>
        <source>Before discounts</source>
        <translation>Без скидок</translation>
    </message>
    <message>
        <source>Line discounts</source>
        <translation>Скидки на позиции</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Итого</translation>
    </message>
    <message>
        <source>Show QR</source>
        <translation>Показать QR</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Отложить</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Clear the receipt</source>
        <translation>Очистить чек</translation>
    </message>
    <message>
        <source>Receipt discount</source>
        <translation>Скидка на чек</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Parked receipts</source>
        <translation>Отложенные чеки</translation>
    </message>
    <message>
        <source>Parked receipts · {count}</source>
        <translation>Отложенные чеки · {count}</translation>
    </message>
</context>
<context>
    <name>SaleTools</name>
    <message>
        <source>Qty</source>
        <translation>Кол-во</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Скидка</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Убрать</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Цена</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Вернуть</translation>
    </message>
</context>
<context>
    <name>SayCard</name>
    <message>
        <source>“{0}.”</source>
        <translation>«{0}».</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Receipt number, sum, 4 digits of the card or a scan of the slip</source>
        <translation>Номер чека, сумма, 4 цифры карты или скан слипа</translation>
    </message>
    <message>
        <source>Find a payment</source>
        <translation>Найти платёж</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Выгрузить</translation>
    </message>
</context>
<context>
    <name>ServerAwayWindow</name>
    <message>
        <source>A whole number from {0} to {1}, and not {2}</source>
        <translation>Целое число от {0} до {1}, только не {2}</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваем…</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>The journal cannot be opened</source>
        <translation>Журнал не открывается</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Закрыть программу</translation>
    </message>
    <message>
        <source>Number of this till</source>
        <translation>Номер этой кассы</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Open with this number</source>
        <translation>Открыть с этим номером</translation>
    </message>
</context>
<context>
    <name>SettingsBar</name>
    <message>
        <source>Cancel</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Сохранить</translation>
    </message>
</context>
<context>
    <name>SettingsDoor</name>
    <message>
        <source>Open the settings for one change.</source>
        <translation>Открыть настройки для одного изменения.</translation>
    </message>
    <message>
        <source>The administrator opens this section</source>
        <translation>Раздел открывает администратор</translation>
    </message>
    <message>
        <source>Their PIN opens it here for one change.</source>
        <translation>Его ПИН-код откроет раздел здесь для одного изменения.</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
</context>
<context>
    <name>SettingsDraft</name>
    <message>
        <source>API key</source>
        <translation>ключ API</translation>
    </message>
    <message>
        <source>language</source>
        <translation>язык</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>тема</translation>
    </message>
    <message>
        <source>touch mode</source>
        <translation>сенсорный режим</translation>
    </message>
    <message>
        <source>full screen</source>
        <translation>во весь экран</translation>
    </message>
    <message>
        <source>sounds</source>
        <translation>звуки</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Section</source>
        <translation>Раздел</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Поле</translation>
    </message>
    <message>
        <source>Nothing has changed</source>
        <translation>Изменений нет</translation>
    </message>
    <message>
        <source>Changed: {0}</source>
        <translation>Изменено: {0}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Сохраняем…</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Cashier</source>
        <translation>Касса</translation>
    </message>
</context>
<context>
    <name>Shift</name>
    <message>
        <source>Shift no. {0}</source>
        <translation>Смена № {0}</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} ч {1} мин</translation>
    </message>
    <message>
        <source>opened {0} at {1}</source>
        <translation>открыта {0} в {1}</translation>
    </message>
    <message>
        <source>the gateway cannot be asked about it</source>
        <translation>шлюз о нём спросить нельзя</translation>
    </message>
    <message>
        <source>the gateway refuses: code {0}</source>
        <translation>шлюз отвечает отказом: код {0}</translation>
    </message>
    <message>
        <source>the gateway says “{0}”</source>
        <translation>шлюз говорит «{0}»</translation>
    </message>
    <message>
        <source>here: {0}</source>
        <translation>в кассе: {0}</translation>
    </message>
</context>
<context>
    <name>ShiftCalls</name>
    <message>
        <source>Check every payment and refund of the shift against the gateway</source>
        <translation>Сверка со шлюзом: каждый платёж и возврат смены</translation>
    </message>
    <message>
        <source>Close shift no. {0} with the Z report</source>
        <translation>Закрытие смены №&#xa0;{0}, Z-отчёт</translation>
    </message>
</context>
<context>
    <name>ShiftCells</name>
    <message>
        <source>Part</source>
        <translation>Раздел</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачено, шт</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Продажи</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменено</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Неизвестно</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>Возвраты, шт</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>Возвращено</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Выручка</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Валюта</translation>
    </message>
    <message>
        <source>Shift {0}, till {1}</source>
        <translation>Смена {0}, касса {1}</translation>
    </message>
    <message>
        <source>opened {0}</source>
        <translation>открыта {0}</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Cashier</source>
        <translation>Кассир</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Час</translation>
    </message>
    <message>
        <source>Refund of an earlier report, not executed</source>
        <translation>Возврат из прежнего отчёта, не исполнен</translation>
    </message>
    <message>
        <source>Carried over</source>
        <translation>Переходит</translation>
    </message>
    <message>
        <source>Carried over, refund</source>
        <translation>Переходит, возврат</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>Передан</translation>
    </message>
    <message>
        <source>End of the till’s record</source>
        <translation>Конец журнала кассы</translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Earlier shifts</source>
        <translation>Прошлые смены</translation>
    </message>
    <message>
        <source>An X report does not close the shift</source>
        <translation>X-отчёт смену не закрывает</translation>
    </message>
    <message>
        <source>The report is in {0}</source>
        <translation>Отчёт сохранён: {0}</translation>
    </message>
</context>
<context>
    <name>ShiftSheet</name>
    <message>
        <source>X report. {0}</source>
        <translation>X-отчёт. {0}</translation>
    </message>
    <message>
        <source>Z report. {0}</source>
        <translation>Z-отчёт. {0}</translation>
    </message>
    <message>
        <source>Report of the till. This is not a fiscal document</source>
        <translation>Отчёт кассы. Не фискальный документ</translation>
    </message>
    <message>
        <source>TRAINING. No money was taken</source>
        <translation>ОБУЧЕНИЕ. Деньги не списаны</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Открыта</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Закрыта</translation>
    </message>
    <message>
        <source>Closed by</source>
        <translation>Закрыл</translation>
    </message>
    <message>
        <source>Average receipt</source>
        <translation>Средний чек</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Выручка</translation>
    </message>
    <message>
        <source>Without a cashier</source>
        <translation>Без кассира</translation>
    </message>
    <message>
        <source>Another terminal</source>
        <translation>Другой терминал</translation>
    </message>
    <message>
        <source>By terminal</source>
        <translation>По терминалам</translation>
    </message>
    <message>
        <source>By cashier</source>
        <translation>По кассирам</translation>
    </message>
    <message>
        <source>Record of the till ends with {0}</source>
        <translation>Журнал кассы, последние знаки: {0}</translation>
    </message>
    <message>
        <source>Sales: {0}</source>
        <translation>Продажи: {0}</translation>
    </message>
    <message>
        <source>Refunds: {0}</source>
        <translation>Возвраты: {0}</translation>
    </message>
    <message>
        <source>Refunds of earlier reports, not executed</source>
        <translation>Возвраты прежних отчётов, не исполнены</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Cancelled and expired</source>
        <translation>Отменён, истёк</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>Исход неизвестен</translation>
    </message>
    <message>
        <source>sales {0} · {1}</source>
        <translation>продажи {0} · {1}</translation>
    </message>
    <message>
        <source>refunds {0} · {1}</source>
        <translation>возвраты {0} · {1}</translation>
    </message>
    <message>
        <source>refunds not executed {0}</source>
        <translation>не исполнены возвраты {0}</translation>
    </message>
    <message>
        <source>declined {0}</source>
        <translation>отказ {0}</translation>
    </message>
    <message>
        <source>cancelled {0}</source>
        <translation>отменён {0}</translation>
    </message>
    <message>
        <source>unknown {0}</source>
        <translation>неизвестно {0}</translation>
    </message>
    <message>
        <source>Sales by the hour</source>
        <translation>Продажи по часам</translation>
    </message>
    <message>
        <source>Counted in an earlier report, not executed</source>
        <translation>Учтено в прежнем отчёте, не исполнено</translation>
    </message>
    <message>
        <source>refund #{0} · {1}</source>
        <translation>возврат #{0} · {1}</translation>
    </message>
    <message>
        <source>To be decided, carried over</source>
        <translation>Требуют решения, переходят</translation>
    </message>
    <message>
        <source>refund #{0} · Outcome unknown</source>
        <translation>возврат #{0} · Исход неизвестен</translation>
    </message>
    <message>
        <source>Open payments, handed over</source>
        <translation>Незавершённые, переданы</translation>
    </message>
</context>
<context>
    <name>ShiftTable</name>
    <message>
        <source>Another terminal</source>
        <translation>Другой терминал</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Всего</translation>
    </message>
    <message>
        <source>{0} pc</source>
        <translation>{0} шт</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Терминал</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачен</translation>
    </message>
    <message>
        <source>Sum, {0}</source>
        <translation>Сумма, {0}</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменён</translation>
    </message>
    <message>
        <source>Unkn.</source>
        <translation>Неизв.</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>Возвраты</translation>
    </message>
    <message>
        <source>Revenue, {0}</source>
        <translation>Итого, {0}</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Close the shift (Z)</source>
        <translation>Закрыть смену (Z)</translation>
    </message>
    <message>
        <source>X report</source>
        <translation>X-отчёт</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Сверить</translation>
    </message>
    <message>
        <source>Check against the gateway</source>
        <translation>Сверка со шлюзом</translation>
    </message>
    <message>
        <source>Closing the shift…</source>
        <translation>Закрываем смену…</translation>
    </message>
    <message>
        <source>Decide on the parked receipts first</source>
        <translation>Сначала решите, что делать с отложенными чеками</translation>
    </message>
    <message>
        <source>The check against the gateway is under way</source>
        <translation>Идёт сверка со шлюзом</translation>
    </message>
    <message>
        <source>From QR to payment: median {0} s</source>
        <translation>От QR до оплаты: медиана {0}&#xa0;с</translation>
    </message>
</context>
<context>
    <name>StaffModel</name>
    <message>
        <source>Person</source>
        <translation>Сотрудник</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Роль</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Last sign-in</source>
        <translation>Последний вход</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Вход в кассу</translation>
    </message>
    <message numerus="yes">
        <source>%n digits</source>
        <translation>
            <numerusform>%n цифра</numerusform>
            <numerusform>%n цифры</numerusform>
            <numerusform>%n цифр</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong tries</source>
        <translation>
            <numerusform>%n неверная попытка</numerusform>
            <numerusform>%n неверные попытки</numerusform>
            <numerusform>%n неверных попыток</numerusform>
        </translation>
    </message>
    <message>
        <source>till {0}</source>
        <translation>Касса {0}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Отключён</translation>
    </message>
    <message>
        <source>Shut, {0} left</source>
        <translation>Закрыт, ещё {0}</translation>
    </message>
    <message>
        <source>Needs a PIN</source>
        <translation>Нужен ПИН-код</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыт</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>set {0}</source>
        <translation>задан {0}</translation>
    </message>
    <message>
        <source>today, {0}</source>
        <translation>сегодня, {0}</translation>
    </message>
    <message>
        <source>yesterday, {0}</source>
        <translation>вчера, {0}</translation>
    </message>
</context>
<context>
    <name>StaffRoles</name>
    <message>
        <source>sells, shows the QR, cancels and checks a payment, prints the slip, takes the X report</source>
        <translation>продаёт, показывает QR, отменяет и проверяет платёж, печатает слип, снимает X-отчёт</translation>
    </message>
    <message>
        <source>refunds by receipt, decides on an unknown payment, allows a second QR, closes the shift (Z)</source>
        <translation>разрешает возврат по чеку, решает о неизвестном платеже, разрешает второй QR, закрывает смену (Z)</translation>
    </message>
    <message>
        <source>decides on an unknown refund, takes in payments and refunds from outside, exports and reconciles</source>
        <translation>решает о неизвестном возврате, принимает платежи и возвраты извне, выгружает и сверяет</translation>
    </message>
    <message>
        <source>changes keys and settings, terminals and staff, restores the journal from a copy</source>
        <translation>меняет ключи и настройки, терминалы, сотрудников, восстанавливает журнал из копии</translation>
    </message>
    <message>
        <source>What each role may do</source>
        <translation>Что может каждая роль</translation>
    </message>
    <message>
        <source>each may do all that the one before may, and</source>
        <translation>следующая умеет всё, что предыдущая, и ещё</translation>
    </message>
</context>
<context>
    <name>StaffSection</name>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Новый ПИН-код</translation>
    </message>
    <message>
        <source>Staff are never deleted: receipts and the journal refer to them</source>
        <translation>Сотрудников не удаляют: на них ссылаются чеки и журнал</translation>
    </message>
    <message>
        <source>Open the staff for one change.</source>
        <translation>Открыть раздел «Сотрудники» для одного изменения.</translation>
    </message>
    <message>
        <source>Switch on, new PIN</source>
        <translation>Включить, новый ПИН-код</translation>
    </message>
    <message>
        <source>Add the cashiers: only you can sign in so far</source>
        <translation>Добавьте кассиров: пока войти можете только вы</translation>
    </message>
    <message>
        <source>Staff</source>
        <translation>Сотрудники</translation>
    </message>
    <message>
        <source>The administrator opens this section</source>
        <translation>Раздел открывает администратор</translation>
    </message>
    <message>
        <source>Their PIN opens it here for one change.</source>
        <translation>Его ПИН-код откроет раздел здесь для одного изменения.</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>ПИН-код</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Добавить сотрудника</translation>
    </message>
    <message>
        <source>Open sign-in</source>
        <translation>Открыть вход</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Отключить</translation>
    </message>
</context>
<context>
    <name>StandingBands</name>
    <message>
        <source>No link to the gateway, a QR cannot be shown</source>
        <translation>Нет связи со шлюзом, QR недоступен</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Решить</translation>
    </message>
    <message numerus="yes">
        <source>%n more to decide</source>
        <translation>
            <numerusform>ещё %n требует решения</numerusform>
            <numerusform>ещё %n требуют решения</numerusform>
            <numerusform>ещё %n требуют решения</numerusform>
        </translation>
    </message>
    <message>
        <source>The outcome of a refund of {0} must be found out</source>
        <translation>Надо выяснить исход возврата {0}</translation>
    </message>
    <message>
        <source>Paid after cancel: {sum}, receipt {number}</source>
        <translation>Оплачен после отмены: {sum}, чек {number}</translation>
    </message>
    <message>
        <source>The payment does not match: {sum}, receipt {number}</source>
        <translation>Несовпадение: {sum}, чек {number}</translation>
    </message>
    <message>
        <source>Outcome unknown: {sum}, receipt {number}</source>
        <translation>Исход неизвестен: {sum}, чек {number}</translation>
    </message>
</context>
<context>
    <name>SumDialog</name>
    <message>
        <source>Type a sum, e.g. 1 234.50</source>
        <translation>Введите сумму, например 1 234,50</translation>
    </message>
    <message>
        <source>Payments of one sum</source>
        <translation>Платежи на одну сумму</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Сумма</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
</context>
<context>
    <name>SumForm</name>
    <message>
        <source>unknown</source>
        <translation>неизвестен</translation>
    </message>
    <message>
        <source>Sum to refund</source>
        <translation>Сумма возврата</translation>
    </message>
    <message>
        <source>no more than {0}</source>
        <translation>не больше остатка {0}</translation>
    </message>
    <message>
        <source>refunded before</source>
        <translation>возвращено ранее</translation>
    </message>
    <message>
        <source>this refund</source>
        <translation>этот возврат</translation>
    </message>
    <message>
        <source>will be left</source>
        <translation>останется</translation>
    </message>
    <message>
        <source>The line that goes to the gateway instead of items</source>
        <translation>Строка, которая уйдёт в шлюз вместо позиций</translation>
    </message>
    <message>
        <source>Amount, {currency}</source>
        <translation>Сумма, {currency}</translation>
    </message>
</context>
<context>
    <name>SwitchOffDialog</name>
    <message>
        <source>Switch {0} off?</source>
        <translation>Отключить: {0}?</translation>
    </message>
    <message>
        <source>The PIN is deleted and nobody signs in by this name. Receipts and the journal keep it. A new PIN switches the person on again.</source>
        <translation>ПИН-код удалится, войти под этим именем будет нельзя. В чеках и журнале имя останется. Новый ПИН-код включит сотрудника снова.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Отключить</translation>
    </message>
</context>
<context>
    <name>TaskCard</name>
    <message>
        <source>waits {0}</source>
        <translation>ждёт {0}</translation>
    </message>
</context>
<context>
    <name>TerminalButton</name>
    <message>
        <source>No terminal</source>
        <translation>Нет терминала</translation>
    </message>
    <message>
        <source>choose one</source>
        <translation>выберите</translation>
    </message>
    <message>
        <source>terminal {0}</source>
        <translation>терминал {0}</translation>
    </message>
    <message>
        <source>Terminal: {0}, {1}</source>
        <translation>Терминал: {0}, {1}</translation>
    </message>
</context>
<context>
    <name>TerminalList</name>
    <message>
        <source>Terminals</source>
        <translation>Терминалы</translation>
    </message>
    <message>
        <source>The gateway has no list of terminals. Here are those that were added or created on this till.</source>
        <translation>Списка терминалов у шлюза нет. Здесь те, что добавлены или созданы на этой кассе.</translation>
    </message>
</context>
<context>
    <name>TerminalModel</name>
    <message>
        <source>Alias</source>
        <translation>Псевдоним</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Валюта</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>По умолчанию</translation>
    </message>
    <message>
        <source>this till</source>
        <translation>эта касса</translation>
    </message>
</context>
<context>
    <name>TerminalPanel</name>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
    <message>
        <source>no</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>This till’s terminal</source>
        <translation>Терминал этой кассы</translation>
    </message>
    <message>
        <source>Make it default</source>
        <translation>Сделать по умолчанию</translation>
    </message>
    <message>
        <source>The gateway does not know this terminal. Check it again, or forget it here.</source>
        <translation>Шлюз не знает этого терминала. Проверьте ещё раз или забудьте его здесь.</translation>
    </message>
    <message>
        <source>The printed QR code opens the bill that waits: one payment at a time.</source>
        <translation>Печатный QR открывает ждущий счёт: оплаты идут по одной.</translation>
    </message>
    <message>
        <source>At the gateway it is called “{0}”.</source>
        <translation>В шлюзе он называется «{0}».</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Псевдоним</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Тип</translation>
    </message>
    <message>
        <source>Default price</source>
        <translation>Цена по умолчанию</translation>
    </message>
    <message>
        <source>Customer’s comments</source>
        <translation>Комментарии покупателя</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Валюта</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Проверен</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>Скопировать номер</translation>
    </message>
    <message>
        <source>Make it this till’s default terminal</source>
        <translation>Сделать терминалом по умолчанию</translation>
    </message>
    <message>
        <source>Rename here</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Забыть</translation>
    </message>
</context>
<context>
    <name>TerminalPicker</name>
    <message>
        <source>Asking the gateway…</source>
        <translation>Спрашиваем шлюз…</translation>
    </message>
    <message>
        <source>Add and choose</source>
        <translation>Добавить и выбрать</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Выбрать</translation>
    </message>
    <message>
        <source>The gateway does not know this terminal: check it first</source>
        <translation>Шлюз не знает этого терминала: сначала проверьте его</translation>
    </message>
    <message>
        <source>Terminal for the next payments</source>
        <translation>Терминал для следующих платежей</translation>
    </message>
    <message>
        <source>alias or number, to add another one</source>
        <translation>псевдоним или номер, чтобы добавить</translation>
    </message>
    <message>
        <source>Alias or number of a terminal</source>
        <translation>Псевдоним или номер терминала</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>Терминалы</translation>
    </message>
    <message>
        <source>Nothing here yet: type an alias and press Enter.</source>
        <translation>Здесь пока пусто: введите псевдоним и нажмите Enter.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>TerminalStates</name>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Add the first terminal</source>
        <translation>Добавьте первый терминал</translation>
    </message>
    <message>
        <source>Type its alias above and press Enter, or create a new one with F10.</source>
        <translation>Введите его псевдоним вверху и нажмите Enter или создайте новый: F10.</translation>
    </message>
    <message>
        <source>Loading the terminals…</source>
        <translation>Загружаем терминалы…</translation>
    </message>
    <message>
        <source>The list did not load</source>
        <translation>Список не загрузился</translation>
    </message>
</context>
<context>
    <name>TerminalTexts</name>
    <message>
        <source>dynamic</source>
        <translation>динамический</translation>
    </message>
    <message>
        <source>static</source>
        <translation>статический</translation>
    </message>
    <message>
        <source>not told</source>
        <translation>неизвестен</translation>
    </message>
    <message>
        <source>a QR for each payment</source>
        <translation>QR на каждую оплату</translation>
    </message>
    <message>
        <source>one printed QR</source>
        <translation>один печатный QR</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Работает</translation>
    </message>
    <message>
        <source>Not at the gateway</source>
        <translation>Нет в шлюзе</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Не проверен</translation>
    </message>
    <message>
        <source>never</source>
        <translation>ни разу</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} мс</translation>
    </message>
</context>
<context>
    <name>TerminalsPage</name>
    <message>
        <source>Find at the gateway</source>
        <translation>Найти в шлюзе</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Создать</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>Make it default</source>
        <translation>Сделать терминалом по умолчанию</translation>
    </message>
    <message>
        <source>“Forget” does not delete the terminal at the gateway</source>
        <translation>«Забыть» не удаляет терминал в шлюзе</translation>
    </message>
    <message>
        <source>Asking the gateway…</source>
        <translation>Спрашиваем шлюз…</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Спрашиваем…</translation>
    </message>
    <message>
        <source>Terminal {0} is in the list already</source>
        <translation>Терминал {0} уже в списке</translation>
    </message>
    <message>
        <source>Change the list of terminals.</source>
        <translation>Изменить список терминалов.</translation>
    </message>
    <message>
        <source>Terminal {0} added: {1}</source>
        <translation>Терминал {0} добавлен: {1}</translation>
    </message>
    <message>
        <source>There is no terminal {0}. Create it?</source>
        <translation>Терминала {0} нет. Создать его?</translation>
    </message>
    <message>
        <source>alias or number</source>
        <translation>псевдоним или номер</translation>
    </message>
    <message>
        <source>Alias or number of a terminal</source>
        <translation>Псевдоним или номер терминала</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Добавить</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>The gateway refused the key</source>
        <translation>Шлюз не принял ключ</translation>
    </message>
    <message>
        <source>call the administrator</source>
        <translation>позовите администратора</translation>
    </message>
    <message>
        <source>Gateway not checked yet</source>
        <translation>Шлюз ещё не проверен</translation>
    </message>
    <message>
        <source>the first check comes within a minute</source>
        <translation>проверим в течение минуты</translation>
    </message>
    <message>
        <source>The gateway has not answered yet</source>
        <translation>Шлюз ещё не отвечал</translation>
    </message>
    <message>
        <source>The gateway did not answer</source>
        <translation>Шлюз не ответил</translation>
    </message>
    <message>
        <source>No link to the gateway</source>
        <translation>Нет связи со шлюзом</translation>
    </message>
    <message>
        <source>the till itself answers</source>
        <translation>отвечает сама касса</translation>
    </message>
    <message>
        <source>{0} ms · {1} s ago</source>
        <translation>ответ {0} мс · {1} с назад</translation>
    </message>
    <message>
        <source>Training gateway</source>
        <translation>Учебный шлюз</translation>
    </message>
    <message>
        <source>Gateway connected</source>
        <translation>Шлюз на связи</translation>
    </message>
    <message>
        <source>last answer {0} s ago</source>
        <translation>последний ответ {0} с назад</translation>
    </message>
    <message>
        <source>last answer under a minute ago</source>
        <translation>последний ответ меньше минуты назад</translation>
    </message>
    <message>
        <source>last answer {0} min ago</source>
        <translation>последний ответ {0} мин назад</translation>
    </message>
    <message>
        <source>checking since {0}</source>
        <translation>проверяем с {0}</translation>
    </message>
    <message>
        <source>the till’s clock is {0} min slow</source>
        <translation>часы кассы отстают на {0} мин</translation>
    </message>
    <message>
        <source>the till’s clock is {0} min fast</source>
        <translation>часы кассы спешат на {0} мин</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>«{0}»</translation>
    </message>
    <message>
        <source>The gateway found a mistake in what the till sent{0}, so nothing new was created. Call the administrator.</source>
        <translation>Шлюз нашёл ошибку в том, что отправила касса{0}: ничего нового не создано. Позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway refused: {0}. Nothing new was created; call the administrator.</source>
        <translation>Шлюз отказал: {0}. Ничего нового не создано, позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway refused without a reason. Nothing new was created; call the administrator.</source>
        <translation>Шлюз отказал без объяснения. Ничего нового не создано, позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway does not accept this till’s key, so nothing can be sold. Call the administrator.</source>
        <translation>Шлюз не принял ключ этой кассы, продавать нельзя. Позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway does not take this currency on this terminal. Choose another terminal.</source>
        <translation>Шлюз не принимает эту валюту на этом терминале. Выберите другой терминал.</translation>
    </message>
    <message>
        <source>The gateway does not accept this sum. Check the receipt.</source>
        <translation>Шлюз не принимает такую сумму. Проверьте чек.</translation>
    </message>
    <message>
        <source>The gateway does not know this terminal. Choose another terminal.</source>
        <translation>Шлюз не знает этого терминала. Выберите другой терминал.</translation>
    </message>
    <message>
        <source>The gateway does not accept this way of paying. Call the administrator.</source>
        <translation>Шлюз не принимает этот способ оплаты. Позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway does not accept the address to return to. Call the administrator.</source>
        <translation>Шлюз не принимает адрес возврата покупателя. Позовите администратора.</translation>
    </message>
    <message>
        <source>The gateway has no such payment.</source>
        <translation>У шлюза нет такого платежа.</translation>
    </message>
    <message>
        <source>The gateway has no such refund.</source>
        <translation>У шлюза нет такого возврата.</translation>
    </message>
    <message>
        <source>The payment is already paid and cannot be cancelled.</source>
        <translation>Платёж уже оплачен, отменить его нельзя.</translation>
    </message>
    <message>
        <source>The payment has already ended with a refusal.</source>
        <translation>Платёж уже завершился отказом.</translation>
    </message>
    <message>
        <source>The customer is already paying, or the gateway has no terminal of that alias.</source>
        <translation>Покупатель уже платит, или у шлюза нет терминала с таким псевдонимом.</translation>
    </message>
    <message>
        <source>The gateway does not know this point of sale. Call the administrator.</source>
        <translation>Шлюз не знает этой точки продаж. Позовите администратора.</translation>
    </message>
    <message>
        <source>alias</source>
        <translation>псевдоним</translation>
    </message>
    <message>
        <source>name</source>
        <translation>название</translation>
    </message>
    <message>
        <source>description</source>
        <translation>описание</translation>
    </message>
    <message>
        <source>type</source>
        <translation>тип</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>сумма</translation>
    </message>
    <message>
        <source>default price</source>
        <translation>цена по умолчанию</translation>
    </message>
    <message>
        <source>receipt</source>
        <translation>чек</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>причина</translation>
    </message>
    <message>
        <source>Merchant ID</source>
        <translation>Merchant ID</translation>
    </message>
    <message>
        <source>gateway’s address</source>
        <translation>адрес шлюза</translation>
    </message>
    <message>
        <source>proxy</source>
        <translation>прокси</translation>
    </message>
    <message>
        <source>certificate file</source>
        <translation>файл сертификата</translation>
    </message>
    <message>
        <source>till’s name</source>
        <translation>название кассы</translation>
    </message>
    <message>
        <source>till’s number</source>
        <translation>номер кассы</translation>
    </message>
    <message>
        <source>shop’s name</source>
        <translation>название магазина</translation>
    </message>
    <message>
        <source>limit of a sum</source>
        <translation>лимит суммы</translation>
    </message>
    <message>
        <source>allowed payment addresses</source>
        <translation>разрешённые адреса оплаты</translation>
    </message>
    <message>
        <source>seconds to a new receipt</source>
        <translation>секунды до нового чека</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>масштаб</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>громкость</translation>
    </message>
    <message>
        <source>Check the field “{0}”: {1}. Nothing was sent.</source>
        <translation>Проверьте поле «{0}»: {1}. Ничего не отправлено.</translation>
    </message>
    <message>
        <source>it must not be empty</source>
        <translation>оно не может быть пустым</translation>
    </message>
    <message>
        <source>at most {0} characters</source>
        <translation>не больше {0} знаков</translation>
    </message>
    <message>
        <source>not less than {0}</source>
        <translation>не меньше {0}</translation>
    </message>
    <message>
        <source>not more than {0}</source>
        <translation>не больше {0}</translation>
    </message>
    <message>
        <source>it has characters that cannot be printed</source>
        <translation>в нём есть непечатаемые знаки</translation>
    </message>
    <message>
        <source>this is no address</source>
        <translation>это не адрес</translation>
    </message>
    <message>
        <source>it must be more than zero</source>
        <translation>оно должно быть больше нуля</translation>
    </message>
    <message>
        <source>it must not be negative</source>
        <translation>оно не может быть отрицательным</translation>
    </message>
    <message>
        <source>at most {0} entries</source>
        <translation>не больше {0} записей</translation>
    </message>
    <message>
        <source>it must be in {0}</source>
        <translation>нужна валюта {0}</translation>
    </message>
    <message>
        <source>its value does not fit</source>
        <translation>значение не подходит</translation>
    </message>
    <message>
        <source>The folder {0} cannot be written to, so nothing can be sold. Call the administrator.</source>
        <translation>В папку {0} нельзя записать, продавать нельзя. Позовите администратора.</translation>
    </message>
    <message>
        <source>A till of this number is at work on the server already. After a power cut the server lets go of it within half a minute: try again then.</source>
        <translation>Касса с этим номером уже работает с сервером. После отключения питания сервер отпустит её за полминуты: тогда повторите.</translation>
    </message>
    <message>
        <source>The till is already running on this computer. Go on in its window.</source>
        <translation>Касса на этом компьютере уже запущена. Работайте в её окне.</translation>
    </message>
    <message>
        <source>The settings file {0} is damaged; receipts and payments are whole. Call the administrator.</source>
        <translation>Файл настроек {0} повреждён, чеки и платежи целы. Позовите администратора.</translation>
    </message>
    <message>
        <source>The settings were not saved: {0} cannot be written to. Call the administrator.</source>
        <translation>Настройки не сохранены: {0} нельзя записать. Позовите администратора.</translation>
    </message>
    <message>
        <source>This computer has no safe place for the key, so it was not saved. Call the administrator.</source>
        <translation>На этом компьютере нет надёжного хранилища, ключ не сохранён. Позовите администратора.</translation>
    </message>
    <message>
        <source>The system’s key store did not give or take the key. Nothing was sent; call the administrator.</source>
        <translation>Хранилище системы не отдало или не приняло ключ. Ничего не отправлено, позовите администратора.</translation>
    </message>
    <message>
        <source>Port {0} is taken by another program. Choose another port.</source>
        <translation>Порт {0} занят другой программой. Выберите другой порт.</translation>
    </message>
    <message>
        <source>There is no screen to show the till’s window on.</source>
        <translation>Нет экрана, чтобы показать окно кассы.</translation>
    </message>
    <message>
        <source>“{0}” is no address of a gateway: https is needed, without a user or a query.</source>
        <translation>«{0}» не адрес шлюза: нужен https, без имени пользователя и параметров.</translation>
    </message>
    <message>
        <source>This is the guide’s test merchant; it takes no real money. Enter your own merchant ID.</source>
        <translation>Это учебный Merchant ID из руководства, настоящих денег он не принимает. Введите свой.</translation>
    </message>
    <message>
        <source>The journal of payments is damaged, so nothing can be sold. Call the administrator; do not delete the file.</source>
        <translation>Журнал платежей повреждён, продавать нельзя. Позовите администратора, файл не удаляйте.</translation>
    </message>
    <message>
        <source>The journal was written by a newer version of the till. Start that version.</source>
        <translation>Журнал записан более новой версией кассы. Запустите её.</translation>
    </message>
    <message>
        <source>The journal is busy. Nothing was sent; try again in a moment.</source>
        <translation>Журнал занят. Ничего не отправлено, повторите через минуту.</translation>
    </message>
    <message>
        <source>The file of the journal was removed while the till was running. Nothing new is sent. What is open goes on to its end on this screen only: write it down, do not close the till, and call the administrator.</source>
        <translation>Файл журнала удалили во время работы кассы. Новое не отправляется. Начатое дойдёт до конца только на этом экране: запишите его, не закрывайте кассу и позовите администратора.</translation>
    </message>
    <message>
        <source>The journal could not be written. Nothing new is sent without it; call the administrator.</source>
        <translation>Журнал не записывается. Без него ничего нового не отправляем, позовите администратора.</translation>
    </message>
    <message>
        <source>The server of the shared journal asks for a password, and has none or a wrong one. The administrator writes it into {0}, as one line: server:port:database:user:password.</source>
        <translation>Сервер общего журнала просит пароль, а его нет или он неверный. Администратор записывает его в {0} одной строкой: сервер:порт:база:пользователь:пароль.</translation>
    </message>
    <message>
        <source>The server with the shared journal does not answer. Payments and refunds stop until it is back; nothing is lost.</source>
        <translation>Сервер общего журнала не отвечает. Пока его нет, оплаты и возвраты остановлены; ничего не потеряно.</translation>
    </message>
    <message>
        <source>The server already has this till, or something of it. Nothing was moved; the journal stays in its file.</source>
        <translation>На сервере уже есть эта касса или часть её записей. Ничего не перенесено, журнал остаётся в своём файле.</translation>
    </message>
    <message>
        <source>The shared journal already has a till {0}. Give this till another number.</source>
        <translation>В общем журнале уже есть касса {0}. Дайте этой кассе другой номер.</translation>
    </message>
    <message>
        <source>The disk is full: {0} MB left. Nothing new is sent; call the administrator.</source>
        <translation>Диск заполнен: осталось {0} МБ. Ничего нового не отправляем, позовите администратора.</translation>
    </message>
    <message>
        <source>There is no link to the gateway. Nothing was sent; check the network and repeat.</source>
        <translation>Нет связи со шлюзом. Ничего не отправлено, проверьте сеть и повторите.</translation>
    </message>
    <message>
        <source>The gateway’s certificate was not accepted. Nothing was sent; call the administrator.</source>
        <translation>Сертификат шлюза не принят. Ничего не отправлено, позовите администратора.</translation>
    </message>
    <message>
        <source>The proxy refused the request. Nothing was sent; call the administrator.</source>
        <translation>Прокси отклонил запрос. Ничего не отправлено, позовите администратора.</translation>
    </message>
    <message>
        <source>The merchant ID or the key is missing. Nothing was sent; the administrator enters them in the settings.</source>
        <translation>Нет Merchant ID или ключа. Ничего не отправлено, администратор введёт их в настройках.</translation>
    </message>
    <message>
        <source>The gateway has not answered in time. Payments are followed further; repeat in a moment.</source>
        <translation>Шлюз не ответил вовремя. За платежами касса следит, повторите через минуту.</translation>
    </message>
    <message>
        <source>The link to the gateway broke off. Payments are followed further; repeat in a moment.</source>
        <translation>Связь со шлюзом прервалась. За платежами касса следит, повторите через минуту.</translation>
    </message>
    <message>
        <source>The gateway’s answer makes no sense, so it was not believed. Payments are followed further; repeat in a moment.</source>
        <translation>Ответ шлюза не разобрать, касса ему не поверила. За платежами касса следит, повторите через минуту.</translation>
    </message>
    <message>
        <source>The gateway has a fault{0}. Payments are followed further; repeat in a moment.</source>
        <translation>У шлюза сбой{0}. За платежами касса следит, повторите через минуту.</translation>
    </message>
    <message>
        <source>The gateway’s address leads elsewhere, and the till does not follow. The administrator checks the address.</source>
        <translation>Адрес шлюза ведёт в другое место, касса туда не пойдёт. Адрес проверит администратор.</translation>
    </message>
    <message>
        <source>The receipt is empty. Add goods first.</source>
        <translation>Чек пуст. Сначала добавьте товар.</translation>
    </message>
    <message>
        <source>A receipt of zero cannot be paid. Check the prices and the discount.</source>
        <translation>Чек на 0 оплатить нельзя. Проверьте цены и скидку.</translation>
    </message>
    <message>
        <source>The sum is over this till’s limit of {0}. Split the receipt.</source>
        <translation>Сумма больше лимита кассы {0}. Разделите чек.</translation>
    </message>
    <message>
        <source>This cannot be done now: the payment has already gone on. Look at it.</source>
        <translation>Сейчас так нельзя: состояние платежа уже другое. Посмотрите на него.</translation>
    </message>
    <message>
        <source>No terminal is chosen. Choose one at the top left.</source>
        <translation>Терминал не выбран. Выберите его слева вверху.</translation>
    </message>
    <message>
        <source>The gateway has no such terminal. Check the alias or the number.</source>
        <translation>У шлюза нет такого терминала. Проверьте псевдоним или номер.</translation>
    </message>
    <message>
        <source>The terminal waits for the payment of receipt {0}. Finish that one or choose another terminal.</source>
        <translation>Терминал ждёт оплаты чека {0}. Закончите её или выберите другой терминал.</translation>
    </message>
    <message>
        <source>The terminal has unfinished payments: {0}.</source>
        <translation>У терминала есть незавершённые платежи: {0}.</translation>
    </message>
    <message>
        <source>Locked until the unfinished payments end: {0}.</source>
        <translation>Закрыто, пока не завершатся платежи: {0}.</translation>
    </message>
    <message>
        <source>The program made a mistake. Check what was done before doing it again.</source>
        <translation>В программе произошла ошибка. Проверьте, что сделано, прежде чем повторять.</translation>
    </message>
    <message>
        <source>Nobody knows yet whether terminal {0} was created. Check before you create it again.</source>
        <translation>Пока неизвестно, создан ли терминал {0}. Проверьте, прежде чем создавать снова.</translation>
    </message>
    <message>
        <source>Terminal {0} is already in the list.</source>
        <translation>Терминал {0} уже в списке.</translation>
    </message>
    <message>
        <source>The receipt and the terminal have different currencies. Choose another terminal.</source>
        <translation>У чека и терминала разные валюты. Выберите другой терминал.</translation>
    </message>
    <message>
        <source>This receipt has a payment that is not over yet. A second QR code is not shown.</source>
        <translation>У этого чека есть незавершённый платёж. Второй QR не показываем.</translation>
    </message>
    <message>
        <source>The earlier payment can still be paid, or is paid. A new QR code is not shown; wait for the check.</source>
        <translation>Прежний платёж ещё можно оплатить, или он оплачен. Новый QR не показываем, дождитесь проверки.</translation>
    </message>
    <message>
        <source>It is not in this till’s journal any more.</source>
        <translation>В журнале этой кассы этого уже нет.</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Не отправлен</translation>
    </message>
    <message>
        <source>Creating…</source>
        <translation>Создаём…</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждём оплату</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>Банк обрабатывает</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>Исход неизвестен</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Отменяем, проверяем</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Не принят шлюзом</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>Не отправлялся</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Отказ</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Истёк</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменён</translation>
    </message>
    <message>
        <source>Not created</source>
        <translation>Не создан</translation>
    </message>
    <message>
        <source>Mismatch</source>
        <translation>Несовпадение, позовите старшего</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачен</translation>
    </message>
    <message>
        <source>Paid after cancel</source>
        <translation>Оплачен после отмены</translation>
    </message>
    <message>
        <source>SBP</source>
        <translation>СБП</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>QR-код</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Карта</translation>
    </message>
    <message>
        <source>the sum</source>
        <translation>сумма</translation>
    </message>
    <message>
        <source>the currency</source>
        <translation>валюта</translation>
    </message>
    <message>
        <source>the address in the QR code</source>
        <translation>адрес в QR-коде</translation>
    </message>
    <message>
        <source>the payment’s number</source>
        <translation>номер платежа</translation>
    </message>
    <message>
        <source>the order’s number</source>
        <translation>номер заказа</translation>
    </message>
    <message>
        <source>MIR</source>
        <translation>МИР</translation>
    </message>
</context>
<context>
    <name>TillSection</name>
    <message>
        <source>A whole number from {0} to {1}</source>
        <translation>Целое число от {0} до {1}</translation>
    </message>
    <message>
        <source>Enter a sum, at most two digits after the point</source>
        <translation>Введите сумму, не больше двух знаков после запятой</translation>
    </message>
    <message>
        <source>off</source>
        <translation>выключен</translation>
    </message>
    <message>
        <source>after {0} s</source>
        <translation>через {0} с</translation>
    </message>
    <message>
        <source>Till</source>
        <translation>Касса</translation>
    </message>
    <message>
        <source>Shop</source>
        <translation>Магазин</translation>
    </message>
    <message>
        <source>Till’s name</source>
        <translation>Название кассы</translation>
    </message>
    <message>
        <source>Till’s number</source>
        <translation>Номер кассы</translation>
    </message>
    <message>
        <source>customers see it with the receipt</source>
        <translation>покупатель видит его с чеком</translation>
    </message>
    <message>
        <source>Largest sum of a receipt</source>
        <translation>Предел суммы чека</translation>
    </message>
    <message>
        <source>Back to a new receipt</source>
        <translation>Возврат к новому чеку</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>checking now</source>
        <translation>проверяем</translation>
    </message>
    <message>
        <source>check no. {0} in {1} s</source>
        <translation>проверка № {0} через {1} с</translation>
    </message>
    <message>
        <source>Payment created</source>
        <translation>Платёж создан</translation>
    </message>
    <message>
        <source>QR code shown</source>
        <translation>QR-код показан</translation>
    </message>
    <message>
        <source>Creating the payment</source>
        <translation>Создаём платёж</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачено</translation>
    </message>
    <message>
        <source>Bank’s answer</source>
        <translation>Ответ банка</translation>
    </message>
    <message>
        <source>Payment and the bank’s answer</source>
        <translation>Оплата и ответ банка</translation>
    </message>
    <message>
        <source>none since {0}</source>
        <translation>нет с {0}</translation>
    </message>
    <message>
        <source>no answers yet, the till repeats</source>
        <translation>ответов нет, касса повторяет</translation>
    </message>
    <message>
        <source>no answers since {0}, the till repeats</source>
        <translation>ответов нет с {0}, касса повторяет</translation>
    </message>
    <message>
        <source>the customer is paying</source>
        <translation>покупатель платит</translation>
    </message>
    <message>
        <source>card or SBP</source>
        <translation>карта или СБП</translation>
    </message>
    <message>
        <source>Cancel sent to the gateway</source>
        <translation>Отмена отправлена в шлюз</translation>
    </message>
    <message>
        <source>Cancel confirmed</source>
        <translation>Отмена подтверждена</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>Отменяем</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Отменён</translation>
    </message>
</context>
<context>
    <name>TrainingBand</name>
    <message>
        <source>Training: no money is taken</source>
        <translation>Учебный режим: деньги не списываются</translation>
    </message>
</context>
<context>
    <name>TrainingSection</name>
    <message>
        <source>Gateway and keys</source>
        <translation>Шлюз и ключи</translation>
    </message>
    <message>
        <source>This is the training gateway</source>
        <translation>Это учебный шлюз</translation>
    </message>
    <message>
        <source>It runs inside the program, has keys of its own and moves no money. Nothing has to be set here.
For real payments you need the Merchant ID and the API key from your Invoice account. Training receipts stay apart and are not lost.</source>
        <translation>Он работает внутри программы, у него свои ключи, и деньги в нём не участвуют. Настраивать здесь нечего.
Для настоящих платежей понадобятся Merchant ID и ключ API из личного кабинета Invoice. Учебные чеки хранятся отдельно и не пропадут.</translation>
    </message>
    <message>
        <source>Go over to real payments</source>
        <translation>Перейти в рабочий режим</translation>
    </message>
</context>
<context>
    <name>UnknownRefundDialog</name>
    <message>
        <source>Type the number from the cabinet</source>
        <translation>Введите номер из кабинета</translation>
    </message>
    <message>
        <source>Say how you know</source>
        <translation>Укажите, откуда это известно</translation>
    </message>
    <message>
        <source>Decide on the refund of {0}, receipt {1}.</source>
        <translation>Решение по возврату {0}, чек {1}.</translation>
    </message>
    <message>
        <source>Found in the cabinet: {0}</source>
        <translation>Найден в кабинете: {0}</translation>
    </message>
    <message>
        <source>Not this refund, it differs in: {0}. Nothing was recorded.</source>
        <translation>Это другой возврат, не совпало: {0}. Ничего не записано.</translation>
    </message>
    <message>
        <source>This number is recorded with another refund</source>
        <translation>Этот номер записан у другого возврата</translation>
    </message>
    <message>
        <source>The gateway did not answer, try again</source>
        <translation>Шлюз не ответил, попробуйте ещё раз</translation>
    </message>
    <message>
        <source>the number, which the gateway does not know</source>
        <translation>номер, шлюз его не знает</translation>
    </message>
    <message>
        <source>the payment</source>
        <translation>платёж</translation>
    </message>
    <message>
        <source>the sum</source>
        <translation>сумма</translation>
    </message>
    <message>
        <source>the currency</source>
        <translation>валюта</translation>
    </message>
    <message>
        <source>the tag in its reason</source>
        <translation>метка в причине</translation>
    </message>
    <message>
        <source>the time</source>
        <translation>время</translation>
    </message>
    <message>
        <source>possible at {0}, in {1}</source>
        <translation>доступно в {0}, ещё {1}</translation>
    </message>
    <message>
        <source>Check the number</source>
        <translation>Проверить номер</translation>
    </message>
    <message>
        <source>Record: not executed</source>
        <translation>Записать: не исполнен</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Подождать</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>Выберите</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>How did the refund of {0} end?</source>
        <translation>Чем кончился возврат {0}?</translation>
    </message>
    <message>
        <source>receipt {0}</source>
        <translation>чек {0}</translation>
    </message>
    <message>
        <source>Look for it in the gateway’s cabinet. Sent {0} to: {1}; its reason carries the tag below. The till cannot find out by itself.</source>
        <translation>Найдите его в личном кабинете Invoice. Отправлен {0}, куда: {1}; в причине стоит метка, она ниже. Касса узнать сама не может.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy the tag</source>
        <translation>Копировать метку</translation>
    </message>
    <message>
        <source>The refund is found</source>
        <translation>Возврат найден</translation>
    </message>
    <message>
        <source>Type its number from the cabinet: the till compares payment, sum, currency and tag.</source>
        <translation>Введите номер из кабинета: касса сверит по нему платёж, сумму, валюту и метку.</translation>
    </message>
    <message>
        <source>The refund was not executed</source>
        <translation>Возврат не исполнен</translation>
    </message>
    <message>
        <source>It is not in the cabinet. This can be said 30 minutes after sending, with a reason and a manager’s PIN. The sum is free again and can be refunded anew.</source>
        <translation>В кабинете его нет. Решать можно через 30 минут после отправки; нужны причина и ПИН-код менеджера. Сумма освободится, возврат можно будет оформить заново.</translation>
    </message>
    <message>
        <source>The sum stays blocked and nothing else of this receipt is refunded. The till reminds in an hour and when the shift is closed.</source>
        <translation>Сумма останется заблокированной, других возвратов по чеку не будет. Касса напомнит через час и при закрытии смены.</translation>
    </message>
    <message>
        <source>The refund’s number</source>
        <translation>номер возврата</translation>
    </message>
    <message>
        <source>How you know it</source>
        <translation>Откуда это известно</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>The decision and the manager’s name stay in the journal</source>
        <translation>Решение и имя менеджера останутся в журнале операций</translation>
    </message>
</context>
<context>
    <name>UnknownStage</name>
    <message>
        <source>Tell the customer</source>
        <translation>Скажите покупателю</translation>
    </message>
    <message>
        <source>Outcome unknown, checking</source>
        <translation>Исход неизвестен, идёт проверка</translation>
    </message>
    <message>
        <source>What is known</source>
        <translation>Что известно</translation>
    </message>
    <message>
        <source>What not to do</source>
        <translation>Чего не делать</translation>
    </message>
    <message>
        <source>Do not show a new QR code for this receipt.</source>
        <translation>Не показывайте новый QR за этот чек.</translation>
    </message>
    <message>
        <source>Do not hand over the goods without the screen “Paid”.</source>
        <translation>Не отдавайте товар без экрана «Оплачено».</translation>
    </message>
    <message>
        <source>The phone’s screen does not prove payment.</source>
        <translation>Экран телефона оплату не подтверждает.</translation>
    </message>
    <message>
        <source>What the till does</source>
        <translation>Что делает касса</translation>
    </message>
    <message>
        <source>Asks the gateway about the order: attempt {0}.</source>
        <translation>Спрашивает шлюз о заказе: попытка {0}.</translation>
    </message>
    <message>
        <source>When an answer comes, it opens “Paid” or “Not paid” by itself.</source>
        <translation>Придёт ответ — сама откроет «Оплачено» или «Не оплачено».</translation>
    </message>
    <message>
        <source>It does not forget, even if you go on or start the till again.</source>
        <translation>Не забудет, даже если уйти отсюда или перезапустить кассу.</translation>
    </message>
    <message>
        <source>It is not clear yet whether the cancel worked</source>
        <translation>Пока не ясно, прошла ли отмена</translation>
    </message>
    <message>
        <source>It is not clear yet whether the payment was created</source>
        <translation>Пока не ясно, создан ли платёж</translation>
    </message>
    <message>
        <source>It is not clear yet whether it was paid</source>
        <translation>Пока не ясно, прошла ли оплата</translation>
    </message>
    <message>
        <source>The link to the gateway broke off. The till finds out by itself.</source>
        <translation>Связь со шлюзом прервалась. Касса сама выясняет исход.</translation>
    </message>
    <message>
        <source>Call a senior.</source>
        <translation>Позовите старшего.</translation>
    </message>
    <message>
        <source>The payment was sent at {0}.</source>
        <translation>Платёж отправлен в {0}.</translation>
    </message>
    <message>
        <source>The customer has not seen its QR code.</source>
        <translation>Покупатель не видел его QR-кода.</translation>
    </message>
    <message>
        <source>Its QR code was shown at {0}.</source>
        <translation>QR-код был показан в {0}.</translation>
    </message>
    <message>
        <source>Last answer of the gateway: {0} at {1}.</source>
        <translation>Последний ответ шлюза — {0} в {1}.</translation>
    </message>
    <message>
        <source>The gateway said: {0}</source>
        <translation>Шлюз ответил: {0}</translation>
    </message>
    <message>
        <source>The gateway has not said yet what became of it.</source>
        <translation>Шлюз ещё не сказал, что с ним стало.</translation>
    </message>
    <message>
        <source>No answers since then.</source>
        <translation>Дальше ответов нет.</translation>
    </message>
    <message>
        <source>One moment, please: the till is checking the payment.</source>
        <translation>Минуту, пожалуйста: касса проверяет платёж.</translation>
    </message>
    <message>
        <source>We are waiting for the bank’s answer. You need not pay a second time.</source>
        <translation>Ждём ответ банка. Второй раз платить не нужно.</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Back to the payment</source>
        <translation>Вернуться к оплате</translation>
    </message>
    <message numerus="yes">
        <source>Waiting for payment: %n receipt(s)</source>
        <translation>
            <numerusform>Ждёт оплаты: %n чек</numerusform>
            <numerusform>Ждут оплаты: %n чека</numerusform>
            <numerusform>Ждут оплаты: %n чеков</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To be looked at: %n receipt(s)</source>
        <translation>
            <numerusform>Посмотрите %n чек</numerusform>
            <numerusform>Посмотрите %n чека</numerusform>
            <numerusform>Посмотрите %n чеков</numerusform>
        </translation>
    </message>
    <message>
        <source>Receipt {numbers}. Open it to finish.</source>
        <translation>Чек {numbers}. Откройте его, чтобы закончить.</translation>
    </message>
    <message>
        <source>{numbers}, the till follows them by itself. You can enter a new receipt and take its payment: it gets its own QR.</source>
        <translation>{numbers}, касса следит за ними сама. Новый чек можно набирать и оплачивать: у него будет свой QR.</translation>
    </message>
    <message>
        <source>{numbers}, the till follows it by itself. The terminal is busy till then.</source>
        <translation>{numbers}, касса следит за ним сама. До тех пор терминал занят.</translation>
    </message>
    <message>
        <source>{numbers}, the till follows it by itself. You can enter a new receipt and take its payment: it gets its own QR.</source>
        <translation>{numbers}, касса следит за ним сама. Новый чек можно набирать и оплачивать: у него будет свой QR.</translation>
    </message>
</context>
<context>
    <name>WaitingStage</name>
    <message>
        <source>Amount due</source>
        <translation>К оплате</translation>
    </message>
    <message>
        <source>QR code to pay {0}</source>
        <translation>QR-код для оплаты {0}</translation>
    </message>
    <message>
        <source>Receipt {0}, attempt {1}</source>
        <translation>Чек {0}, попытка {1}</translation>
    </message>
    <message>
        <source>Hand over the goods only after the green screen “Paid”. The customer’s phone screen does not prove payment.</source>
        <translation>Отдавайте товар только после зелёного экрана «Оплачено». Экран телефона покупателя оплату не подтверждает.</translation>
    </message>
    <message>
        <source>The customer can pay: the QR code does not depend on the till’s link. The till will learn of it as soon as the gateway answers.</source>
        <translation>Покупатель может платить: QR не зависит от связи кассы. Об оплате касса узнает, как только шлюз ответит.</translation>
    </message>
    <message>
        <source>Creating the payment…</source>
        <translation>Создаём платёж…</translation>
    </message>
    <message>
        <source>The bank is processing</source>
        <translation>Банк обрабатывает</translation>
    </message>
    <message>
        <source>Waiting for payment…</source>
        <translation>Ждём оплату…</translation>
    </message>
    <message>
        <source>We will cancel when the link is back</source>
        <translation>Отменим, когда будет связь</translation>
    </message>
    <message>
        <source>Cancelling, checking</source>
        <translation>Отменяем, проверяем</translation>
    </message>
    <message>
        <source>The bank is already processing the payment</source>
        <translation>Банк уже обрабатывает оплату</translation>
    </message>
    <message>
        <source>A cancel may come too late; ask the customer first</source>
        <translation>Отмена может не успеть; сначала спросите покупателя</translation>
    </message>
    <message>
        <source>The customer is already paying</source>
        <translation>Покупатель уже платит</translation>
    </message>
    <message>
        <source>The bank is processing, it cannot be cancelled any more</source>
        <translation>Банк обрабатывает, отменить нельзя</translation>
    </message>
    <message>
        <source>there was none</source>
        <translation>ещё не было</translation>
    </message>
    <message>
        <source>{0} s ago</source>
        <translation>{0} с назад</translation>
    </message>
    <message>
        <source>No link to the gateway, the QR code is valid</source>
        <translation>Нет связи со шлюзом, QR действует</translation>
    </message>
    <message>
        <source>Do not show a second QR code; the till checks by itself</source>
        <translation>Не показывайте второй QR; касса проверит сама</translation>
    </message>
    <message>
        <source>last answer</source>
        <translation>последний ответ</translation>
    </message>
    <message>
        <source>The gateway has not answered yet, the till still waits · {0}</source>
        <translation>Шлюз ещё не ответил, касса ждёт · {0}</translation>
    </message>
    <message>
        <source>{0} so far</source>
        <translation>идёт {0}</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>ещё не проверяли</translation>
    </message>
    <message>
        <source>checked {0} s ago</source>
        <translation>проверено {0} с назад</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Вышло</translation>
    </message>
    <message>
        <source>The time is over, checking</source>
        <translation>Время вышло, проверяем</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Ещё</translation>
    </message>
    <message>
        <source>The QR code expires soon</source>
        <translation>QR-код скоро истечёт</translation>
    </message>
</context>
<context>
    <name>_Model</name>
    <message>
        <source>Receipt</source>
        <translation>Чек</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Оплачен</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Способ</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Сумма</translation>
    </message>
</context>
</TS>
