<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>EntrySuggestions</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportBand</name>
    <message numerus="yes">
        <source>%n rows are in {0}</source>
        <translation>
            <numerusform>%n row is in {0}</numerusform>
            <numerusform>%n rows are in {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterRow</name>
    <message numerus="yes">
        <source>%n tasks</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n payments</source>
        <translation>
            <numerusform>%n payment</numerusform>
            <numerusform>%n payments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeptReceipt</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ParkedRow</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message numerus="yes">
        <source>PIN, %n digits</source>
        <translation>
            <numerusform>PIN, %n digit</numerusform>
            <numerusform>PIN, %n digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiptPanel</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReconcileCard</name>
    <message numerus="yes">
        <source>%n payment(s)</source>
        <translation>
            <numerusform>%n payment</numerusform>
            <numerusform>%n payments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refund(s)</source>
        <translation>
            <numerusform>%n refund</numerusform>
            <numerusform>%n refunds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefundModel</name>
    <message numerus="yes">
        <source>pcs</source>
        <comment>unit of a quantity</comment>
        <translation>
            <numerusform>pc</numerusform>
            <numerusform>pcs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefundPanel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaleModel</name>
    <message numerus="yes">
        <source>pcs</source>
        <comment>unit of a quantity</comment>
        <translation>
            <numerusform>pc</numerusform>
            <numerusform>pcs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SalePanel</name>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffModel</name>
    <message numerus="yes">
        <source>%n digits</source>
        <translation>
            <numerusform>%n digit</numerusform>
            <numerusform>%n digits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrong tries</source>
        <translation>
            <numerusform>%n wrong try</numerusform>
            <numerusform>%n wrong tries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StandingBands</name>
    <message numerus="yes">
        <source>%n more to decide</source>
        <translation>
            <numerusform>%n more to decide</numerusform>
            <numerusform>%n more to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message numerus="yes">
        <source>Waiting for payment: %n receipt(s)</source>
        <translation>
            <numerusform>Waiting for payment: %n receipt</numerusform>
            <numerusform>Waiting for payment: %n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To be looked at: %n receipt(s)</source>
        <translation>
            <numerusform>To be looked at: %n receipt</numerusform>
            <numerusform>To be looked at: %n receipts</numerusform>
        </translation>
    </message>
</context>
</TS>
