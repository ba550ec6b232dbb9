"""Headers by which ledgers of other programs call our fields, folded; which of them a file means is decided elsewhere.

For each field the names stand in tiers: a name of an earlier tier wins over one of a later tier, which may mean
something else beside it. English first, then what SAP, Odoo, ERPNext, QuickBooks and Xero write, then German, French,
Spanish, Dutch and Italian.
"""

Tiers = tuple[frozenset[str], ...]


def _tiers(*tiers: str) -> Tiers:
    return tuple(frozenset(tier.split()) for tier in tiers)


SYNONYMS: dict[tuple[str, str], Tiers] = {
    ("Invoice", "DocumentNumber"): _tiers(
        "invoiceno invoicenumber invoicenum invoicenr invno invnumber invnum documentnumber billno "
        "billnumber rechnungsnummer rechnungsnr rechnungnr numerofacture nofacture ndefacture "
        "numerodefacture numerofactura nofactura ndefactura factuurnummer factuurnr numerofattura "
        "nfattura invoiceref",
        "invoiceid documentno docno docnumber docnum belegnummer belegnr belegno xblnr belnr voucherno vouchernumber",
        "invoice inv document rechnung beleg facture factura fattura factuur num number",
    ),
    ("Account", "AccountNumber"): _tiers(
        "customerno customernumber customernum customernr customerid custno custnumber custnum custid "
        "customercode custcode accountnumber accountno accountnum accountid clientno "
        "clientnumber clientid clientcode debtorno debtornumber debtorid debtorcode debitorno "
        "debitornumber kundennummer kundennr kundenr debitorennummer debitornummer debitorennr debitornr "
        "kunnr numeroclient noclient nclient codeclient numerocliente codigocliente idcliente klantnummer "
        "klantnr debiteurnummer codicecliente buyerno",
        "kundenkonto debitorenkonto businesspartnerno bpcode cardcode partnercode partnerid",
        "debitor",
    ),
    ("Account", "Name"): _tiers(
        "customername custname accountname clientname debtorname customerfullname companyname "
        "namecustomer kundenname debitorname debitorenname nomclient nomduclient nombrecliente klantnaam "
        "nomecliente ragionesociale cardname partnername billtoname",
        "customer client debtor account company kunde firma firmenname name1 cliente klant contactname "
        "partner billto soldto companyorcustomer",
        "name",
    ),
    ("Account", "BillingStreet"): _tiers(
        "street billingstreet streetaddress strasse addressline1 address1 rue",
        "address",
    ),
    ("Account", "BillingCity"): _tiers(
        "city billingcity town ort stadt ville ciudad plaats citta",
    ),
    ("Account", "BillingPostalCode"): _tiers(
        "zip zipcode postcode postalcode billingpostalcode billingzip plz codepostal codigopostal cap",
    ),
    ("Account", "BillingState"): _tiers(
        "state region province billingstate bundesland",
    ),
    ("Account", "BillingCountry"): _tiers(
        "country billingcountry countryname land pays pais paese",
    ),
    ("Account", "Phone"): _tiers(
        "phone telephone phonenumber telefon telefonnummer tel",
    ),
    ("Contact", "Email"): _tiers(
        "email emailaddress contactemail customeremail billingemail invoiceemail accountsemail "
        "emailadresse courriel correo correoelectronico emailid",
        "mail mailadresse",
    ),
    ("Contact", "LastName"): _tiers(
        "contactperson contact ansprechpartner attention attn",
    ),
    ("Invoice", "InvoiceDate"): _tiers(
        "invoicedate invdate dateofinvoice billdate billingdate rechnungsdatum datefacture datedefacture "
        "fechafactura factuurdatum datafattura",
        "documentdate docdate issuedate dateofissue documentcreatedate belegdatum bldat dateemission "
        "fechaemision datedocument dataemissione transactiondate",
        "date datum fecha data postingdate buchungsdatum budat",
    ),
    ("Invoice", "DueDate"): _tiers(
        "duedate paymentduedate netduedate invoiceduedate invoicedatedue datedue dueon dueby payby duedt "
        "falligkeitsdatum faelligkeitsdatum falligkeit faelligkeit dateecheance datedecheance "
        "fechavencimiento vervaldatum datascadenza",
        "due maturitydate fallig faellig falligam faelligam echeance vencimiento scadenza",
    ),
    ("Invoice", "CurrencyIsoCode"): _tiers(
        "currency currencycode currencyisocode invoicecurrency documentcurrency isocurrency waehrung "
        "wahrung wahrungscode waehrungscode devise moneda divisa valuta waers currencyid",
        "curr ccy cur whg",
    ),
    ("Invoice", "TotalAmount"): _tiers(
        "net netamount nettotal amountnet totalnet netvalue amountuntaxed amountexcltax totalexcltax "
        "amountexclvat totalexclvat amountbeforetax totalbeforetax nettobetrag montantht totalht "
        "importeneto baseimponible nettobedrag imponibile",
        "subtotal netto ht neto",
    ),
    ("Invoice", "TotalTaxAmount"): _tiers(
        "taxtotal totaltax totaltaxamount totalvat",
        "tax taxamount vat vatamount salestax gst gstamount amounttax totaltaxesandcharges mwst "
        "mwstbetrag ust umsatzsteuer steuer steuerbetrag tva montanttva iva importeiva btw btwbedrag",
    ),
    ("Invoice", "TotalAmountWithTax"): _tiers(
        "total grandtotal totalamountwithtax gross grossamount amountgross totalgross grosstotal "
        "amountincltax totalincltax amountinclvat totalinclvat amounttotal invoicetotal "
        "totalinvoiceamount bruttobetrag brutto gesamtbetrag gesamtbrutto rechnungsbetrag montantttc "
        "totalttc ttc importetotal totalfactura totaalbedrag importototale totalefattura",
        "invoiceamount invoiceamt invamount invoicevalue totalamount billamount originalamount "
        "amountoriginal amountindoccurr wrbtr gesamt",
        "amount betrag montant importe bedrag importo dmbtr",
    ),
    ("Invoice", "Balance"): _tiers(
        "openamount openbalance balancedue amountdue outstandingamount remainingamount amountresidual "
        "invoiceamountdue amountopen amountoutstanding totalopenamount offenerbetrag restbetrag "
        "resteapayer montantdu saldopendiente openstaandbedrag importoresiduo",
        "open balance outstanding remaining residual unpaid offen offenerposten saldo solde pendiente "
        "openstaand residuo",
    ),
    ("Payment", "EffectiveDate"): _tiers(
        "paymentdate paiddate datepaid settleddate settlementdate dateofpayment cleardate clearingdate "
        "receiptdate paidon zahlungsdatum zahldatum bezahltam ausgleichsdatum augdt datepaiement "
        "datedepaiement fechapago betaaldatum datapagamento",
    ),
    ("Payment", "Amount"): _tiers(
        "paidamount amountpaid paymentamount amountreceived receivedamount invoiceamountpaid totalpaid "
        "zahlbetrag bezahlterbetrag gezahlt montantpaye importepagado betaaldbedrag importopagato",
        "paid payment payments received bezahlt paye pagado betaald pagato",
    ),
    ("Invoice", "Description"): _tiers(
        "description invoicedescription",
        "memo subject betreff buchungstext",
    ),
    ("InvoiceLine", "LineAmount"): _tiers("lineamount linetotal linenetamount linenet positionsbetrag"),
    ("InvoiceLine", "Quantity"): _tiers("quantity qty menge quantite cantidad"),
    ("InvoiceLine", "UnitPrice"): _tiers("unitprice unitamount priceperunit einzelpreis stuckpreis prixunitaire"),
}
