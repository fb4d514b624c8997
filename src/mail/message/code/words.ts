/** The words about numbers in mails. A star stands for more letters; case and accents don't matter. */
export interface Words {
  /** What a one-time code is called. */
  readonly code: string;
  /** What its reader is to do with it. */
  readonly use: string;
  /** What other numbers are called, codes of other kinds too. */
  readonly other: string;
}

/** By language. To teach `code()` another one, add a row. */
export const words: Readonly<Record<string, Words>> = {
  en: {
    code: '*code, codes, password, passphrase, otp, pin, token, tan, 2fa, security number, one-time number',
    use: 'enter, use, type, copy, paste, submit, sign in, log in, login, verify, confirm, authenticate, reset',
    other: `order, order number, invoice, invoice number, customer, customer number, client number, member, membership,
      account, account number, account no*, account id, a/c, acct, user, username, user id, status, id, reference, ref, case, ticket, request,
      booking, reservation, confirmation number, transaction, receipt, policy, tracking, tracking number, shipment, parcel, po,
      serial, model, version, build, number, no., phone, call, tel, fax, dial, mobile, text, ending, ending in, ends in, card,
      zip, zip code, zipcode, postal code, postcode, post code, p.o. box, po box, suite, room, floor, flight, gate, seat,
      tax, vat, iban, sort code, country code, area code, dialling code, status code, dress code, code of conduct, error code, error, qr code, barcode,
      bar code, source code, unicode, encode, decode, promo code, promotion code, discount code, coupon code, coupon,
      voucher code, voucher, gift card, referral code, product code, item code, article code, order code, booking code,
      reservation code, tracking code, branch code, industry code, class code, colour code, color code, mcc, mcc code, swift
      code, employee, employee id, staff, office, extension, item, sku, article, points, amount, total, balance,
      street, avenue, road, port`,
  },
  de: {
    code: '*code, *kode, *kennwort, *passwort, *-pin, *-tan, mtan, *schlussel, sicherheitsnummer',
    use: 'eingeben, geben, gib, verwenden, verwende, nutzen, nutze, anmelden, einloggen, bestatigen, anmeldung',
    other: `bestellung, bestellnummer, bestell-nr, auftrag, auftragsnummer, rechnung, rechnungsnummer, kunde, kundennummer,
      kunden-nr, vertrag, vertragsnummer, konto, kontonummer, mitgliedsnummer, vorgang, vorgangsnummer, buchung,
      buchungsnummer, referenz, ticketnummer, sendung, sendungsnummer, telefon, hotline, rufnummer, nummer, nr, plz,
      postleitzahl, postfach, endziffer*, endet auf, hrb, ust-id, gutscheincode, rabattcode, aktionscode, strichcode,
      fehlercode, quellcode, qr-code, *buchungscode, reservierungscode, bestellcode, produktcode, artikelcode, *filialcode,
      branchencode, farbcode, landercode, blz, bankleitzahl, betrag, summe, personalnummer, matrikelnummer, zimmer`,
  },
  fr: {
    code: 'code, codes, code de verification, mot de passe, cle',
    use: 'entrez, saisissez, saisir, utilisez, utiliser, connecter, connexion, confirmer, verifier, tapez',
    other: `commande, numero de commande, facture, numero de facture, client, numero client, numero de client, compte,
      dossier, reference, ref, colis, suivi, reservation, telephone, tel, appelez, numero, no., code postal, code promo,
      code barre*, code de reduction, code de reservation, code produit, code article, code couleur, code d'erreur, code source, bon de reduction, cedex, siret, siren, rcs, tva, carte, se terminant par, montant, total`,
  },
  es: {
    code: 'codigo*, clave*, contrasena*, pin, token, numero de seguridad',
    use: 'introduce, introduzca, ingresa, ingrese, utiliza, utilice, escribe, escriba, acceder, confirmar, verificar',
    other: `pedido, numero de pedido, orden, factura, numero de factura, cliente, numero de cliente, cuenta, referencia, ref,
      expediente, envio, seguimiento, reserva, telefono, tel, llama, llame, llamanos, numero, num, nº, codigo postal, cp,
      codigo promocional, codigo de descuento, codigo de barras, codigo de reserva, codigo de producto, codigo de articulo,
      codigo de error, codigo qr, cupon, nif, cif, dni, tarjeta, terminada en, importe, total`,
  },
  pt: {
    code: 'codigo*, senha*, pin, token, chave de acesso',
    use: 'digite, insira, informe, utilize, introduza, acessar, confirmar, verificar, entrar',
    other: `pedido, numero do pedido, encomenda, fatura, nota fiscal, cliente, numero do cliente, conta, protocolo,
      referencia, ref, rastreio, reserva, telefone, tel, ligue, numero, nº, cep, codigo postal, codigo promocional,
      codigo de barras, codigo de rastreio, codigo da reserva, codigo de reserva, codigo do produto, codigo de erro, codigo qr,
      cupom, cpf, cnpj, nif, cartao, cartao final, final do cartao, valor, total`,
  },
  it: {
    code: 'codice, codici, password, pin, otp, chiave',
    use: 'inserisci, inserire, inserisca, utilizza, usare, digita, digitare, digiti, accedere, confermare, verificare',
    other: `ordine, numero ordine, numero d'ordine, fattura, numero fattura, cliente, codice cliente, numero cliente, conto,
      pratica, riferimento, rif, spedizione, prenotazione, telefono, tel, chiama, chiami, numero, n., cap, codice postale,
      codice fiscale, codice univoco, codice prenotazione, codice di prenotazione, codice prodotto, codice articolo, codice
      errore, codice qr, codice sconto, codice promo*, codice a barre, p.iva, partita iva, carta, che termina con, importo, totale`,
  },
  nl: {
    code: '*code, *wachtwoord, pincode, *sleutel',
    use: 'voer, vul, invoeren, gebruik, inloggen, aanmelden, bevestigen, typ',
    other: `bestelling, bestelnummer, ordernummer, factuur, factuurnummer, klant, klantnummer, rekening, rekeningnummer,
      dossier, referentie, boekingscode, reserveringscode, productcode, artikelcode, qr-code, zending, boeking, telefoon, tel, bel, nummer, nr, postcode, postbus, kortingscode, kvk, btw,
      streepjescode, foutcode, kaart, eindigend op, bedrag, totaal`,
  },
  pl: {
    code: 'kod, kodu, kodem, kody, haslo, hasla, pin, token',
    use: 'wpisz, wprowadz, podaj, uzyj, zaloguj, zalogowac, potwierdz, potwierdzic',
    other: `zamowienie, zamowienia, zamowieniu, numer zamowienia, faktura, faktury, numer klienta, klient, konto, konta,
      zgloszenie, przesylka, przesylki, rezerwacja, telefon, tel, zadzwon, numer, nr, kod pocztowy, kod rabatowy, kod produktu, kod rezerwacji, kod
      bledu, kod kreskowy, kod qr, nip, regon,
      krs, karta, karty, kwota, razem`,
  },
  cs: {
    code: '*kod, kodu, heslo, hesla, pin',
    use: 'zadejte, zadej, pouzijte, pouzij, prihlasit, prihlaseni, potvrdte, vlozte',
    other:
      'objednavka, objednavky, faktura, zakaznik, ucet, telefon, tel, volejte, cislo, c., psc, ico, dic, slevovy kod, kod produktu, qr kod, castka',
  },
  sv: {
    code: '*kod, *koden, *kode, *kodeord, *losenord, *losenordet, adgangskode*, *passord',
    use: 'ange, anvand, skriv, logga in, bekrafta, indtast, brug, log ind, bekraeft, bruk, tast inn, logg inn, bekreft',
    other: `order, ordernummer, bestallning, ordre, ordrenummer, faktura, fakturanummer, kund, kundnummer, kunde,
      kundenummer, konto, kontonummer, arende, referens, telefon, tlf, tel, ring, nummer, nr, postnummer, postnr,
      rabattkod, rabatkode, bokningskod, produktkod, felkod, qr-kod, bookingkode, varekode, fejlkode, qr-kode, orgnr, cvr, belopp, belob`,
  },
  fi: {
    code: '*koodi, *koodin, *koodia, *koodisi, salasana*, *tunnusluku*',
    use: 'syota, kayta, kirjaudu, vahvista',
    other:
      'tilaus, tilausnumero, lasku, laskun, asiakasnumero, viite, viitenumero, puhelin, puh, soita, numero, postinumero, y-tunnus, alennuskoodi, varauskoodi, tuotekoodi, virhekoodi, qr-koodi',
  },
  hu: {
    code: '*kod, *kodod, *kodja, *kodot, jelszo, jelszava',
    use: 'adja meg, add meg, irja be, hasznalja, belepes, bejelentkezes',
    other:
      'rendeles, rendelesszam, szamla, szamlaszam, ugyfel, ugyfelszam, telefon, tel, szam, iranyitoszam, kuponkod, foglalasi kod, termekkod, hibakod, qr-kod, adoszam, osszeg',
  },
  ro: {
    code: 'cod, codul, parola, pin',
    use: 'introdu, introduceti, foloseste, folositi, autentificare, confirma',
    other:
      'comanda, factura, client, cont, telefon, tel, numar, nr, cod postal, cod promotional, cod produs, cod de rezervare, cod qr, cui, suma',
  },
  el: {
    code: 'κωδικ*, pin, συνθηματικο',
    use: 'εισαγετε, πληκτρολογηστε, χρησιμοποιηστε, συνδεση, επιβεβαιωση',
    other: 'παραγγελια, παραγγελιας, τιμολογιο, πελατη, τηλεφωνο, τηλ, αριθμος, ταχυδρομικος κωδικας, τ.κ., αφμ, ποσο',
  },
  ru: {
    code: 'код, кода, коду, кодом, пароль, пароля, пин, пин-код, смс-код, ключ',
    use: 'введите, введи, укажите, используйте, вход, входа, войти, подтвердите, подтверждения',
    other: `заказ, заказа, заказу, номер заказа, счет, счета, клиент, номер клиента, договор, договора, заявка, обращение,
      отправление, бронирование, телефон, тел, звоните, позвоните, номер, индекс, почтовый индекс, инн, огрн, кпп,
      промокод, штрих-код, qr-код, код региона, код товара, код бронирования, код ошибки, артикул, карта, карты, заканчивается на, сумма`,
  },
  uk: {
    code: 'код, коду, кодом, пароль, пароля',
    use: 'введіть, вкажіть, використайте, вхід, входу, увійти, підтвердіть',
    other:
      'замовлення, рахунок, рахунку, клієнт, телефон, тел, номер, індекс, єдрпоу, промокод, код товару, код бронювання, qr-код, сума',
  },
  tr: {
    code: 'kod, kodu*, kodun*, sifre*, parola*',
    use: 'girin, giriniz, kullanin, kullaniniz, giris, oturum, dogrulayin, dogrulamak, onaylayin',
    other: `siparis, siparisiniz, siparis numarasi, siparis no, fatura, fatura no, musteri, musteri numarasi, musteri no, hesap
      numarasi, hesap no, basvuru, talep, takip, rezervasyon, telefon, tel, arayin, numarasi, numarali, no., posta kodu,
      indirim kodu, kupon kodu, urun kodu, rezervasyon kodu, hata kodu, barkod, qr kodu, vergi no, kart, tutar, toplam`,
  },
  vi: {
    code: 'ma xac thuc, ma xac minh, ma xac nhan, ma bao mat, ma dang nhap, ma kich hoat, ma cua, ma otp, ma pin, ma la, mat khau',
    use: 'nhap, su dung, dang nhap, xac nhan, xac minh',
    other: `don hang, ma don hang, ma don, hoa don, ma hoa don, khach hang, ma khach hang, tai khoan so, so tai khoan,
      giao dich, ma giao dich, ma gd, ma van don, ma so thue, so dien thoai, dien thoai, dt, goi, lien he, lh, hotline,
      ma buu chinh, ma buu dien, ma giam gia, ma khuyen mai, ma vach, so the, so tien`,
  },
  id: {
    code: 'kode, kata sandi, sandi, pin',
    use: 'masukkan, gunakan, masuk, verifikasi, konfirmasi',
    other:
      'pesanan, nomor pesanan, faktur, tagihan, pelanggan, rekening, resi, telepon, hubungi, nomor, kode pos, kode promo, kode produk, kode barang, kode booking, jumlah',
  },
  zh: {
    code: '验证码, 驗證碼, 校验码, 校驗碼, 确认码, 確認碼, 动态码, 動態碼, 安全码, 安全碼, 激活码, 激活碼, 登录码, 登入碼, 认证码, 認證碼, 授权码, 授權碼, 随机码, 代码, 代碼, 口令, 密码, 密碼, 一次性',
    use: '输入, 輸入, 使用, 登录, 登入, 验证, 驗證, 确认, 確認',
    other:
      '订单, 訂單, 订单号, 訂單編號, 订单编号, 发票, 發票, 客户, 客戶, 账号, 帳號, 账户, 尾号, 尾號, 编号, 編號, 流水号, 单号, 單號, 快递, 电话, 電話, 热线, 熱線, 拨打, 撥打, 致电, 号码, 號碼, 邮编, 郵編, 邮政编码, 郵遞區號, 优惠码, 優惠碼, 折扣码, 二维码, 商品代码, 商品代碼, 商品编码, 股票代码, 证券代码, 邮政代码, 错误代码, 錯誤代碼, 源代码, 金额, 金額, 备案号',
  },
  ja: {
    code: '認証コード, 確認コード, 検証コード, セキュリティコード, セキュリティーコード, ログインコード, コード, 認証番号, 確認番号, 暗証番号, パスコード, パスワード, ワンタイム',
    use: '入力, ログイン, サインイン, 認証, 確認, ご利用ください',
    other:
      '注文, ご注文, 注文番号, 受注番号, 請求, 請求番号, 請求書, お客様番号, 顧客番号, 会員番号, 口座, 口座番号, 予約番号, 受付番号, お問い合わせ番号, 問合せ番号, 伝票番号, 管理番号, 電話, 電話番号, 電話番号は, お電話, 郵便番号, 〒, クーポンコード, 割引コード, エラーコード, バーコード, qrコード, 商品コード, 予約コード, QRコード, 製品コード, 金額, 合計, 番号',
  },
  ko: {
    code: '인증번호, 인증 번호, 인증코드, 인증 코드, 확인 코드, 확인코드, 보안 코드, 보안코드, 코드, 비밀번호, 암호, otp',
    use: '입력, 사용, 로그인, 인증, 확인',
    other:
      '주문, 주문번호, 주문 번호, 송장, 송장번호, 고객, 고객번호, 고객 번호, 회원번호, 계좌, 계좌번호, 예약번호, 접수번호, 운송장, 전화, 전화번호, 문의, 우편번호, 우편 번호, 쿠폰 코드, 할인 코드, 상품 코드, 상품코드, 제품 코드, 오류 코드, QR 코드, QR코드, 바코드, 사업자등록번호, 금액, 번호',
  },
  ar: {
    code: '*رمز*, *كود, رقم التحقق, رقم التأكيد, كلمة المرور, كلمة السر, رقم التعريف, الرقم السري',
    use: 'أدخل, ادخل, إدخال, استخدم, استعمل, تسجيل الدخول, للتحقق, تأكيد',
    other:
      'طلب, طلبك, الطلب, رقم الطلب, فاتورة, الفاتورة, رقم الفاتورة, عميل, العميل, رقم العميل, حساب رقم, رقم الحساب, الشحنة, الحجز, هاتف, الهاتف, اتصل, رقم, الرمز البريدي, رمز بريدي, رمز الخصم, رمز الاستجابة, مبلغ, المبلغ',
  },
  fa: {
    code: 'رمز, کد, رمز عبور, گذرواژه, رمز پویا',
    use: 'وارد کنید, استفاده کنید, ورود, تایید',
    other:
      'سفارش, شماره سفارش, فاکتور, مشتری, شماره مشتری, حساب, تلفن, تماس, شماره, کد پستی, کد تخفیف, کد رهگیری, مبلغ',
  },
  he: {
    code: 'קוד, הקוד, בקוד, קודך, סיסמה, סיסמא, סיסמתך, הסיסמה, סיסמת',
    use: 'הזן, הזיני, הזינו, הקלד, הקלידו, השתמש, השתמשו, להתחבר, התחברות, כניסה, אימות',
    other:
      'הזמנה, ההזמנה, הזמנתך, מספר הזמנה, חשבונית, לקוח, מספר לקוח, חשבון מספר, טלפון, התקשרו, מספר, מיקוד, קוד קופון, קוד הנחה, סכום',
  },
  hi: {
    code: 'कोड, ओटीपी, पासकोड, पासवर्ड, पिन',
    use: 'दर्ज करें, डालें, उपयोग करें, प्रयोग करें, लॉगिन, सत्यापित',
    other:
      'ऑर्डर, आर्डर, ऑर्डर नंबर, आदेश, इनवॉइस, बिल, ग्राहक, ग्राहक संख्या, खाता, खाता संख्या, संदर्भ, फोन, फ़ोन, कॉल, नंबर, संख्या, पिन कोड, पिनकोड, कूपन कोड, राशि',
  },
  th: {
    code: 'รหัส, รหัสยืนยัน, รหัสผ่าน, รหัส otp, โค้ด',
    use: 'กรอก, ป้อน, ใส่, ใช้, เข้าสู่ระบบ, ยืนยัน',
    other:
      'คำสั่งซื้อ, หมายเลขคำสั่งซื้อ, เลขที่คำสั่งซื้อ, ใบแจ้งหนี้, ลูกค้า, รหัสลูกค้า, หมายเลขลูกค้า, บัญชี, เลขที่บัญชี, อ้างอิง, โทร, โทรศัพท์, หมายเลข, เลขที่, รหัสไปรษณีย์, รหัสสินค้า, รหัสส่วนลด, จำนวน',
  },
  lt: {
    code: 'kodas, koda, slaptazodis',
    use: 'iveskite',
    other: 'uzsakymas, saskaita, klientas, numeris, telefonas, tel',
  },
  lv: { code: 'kods, kodu, parole', use: 'ievadiet', other: 'pasutijums, rekins, klients, numurs, talrunis, talr' },
  et: { code: '*kood, *koodi, parool', use: 'sisestage', other: 'tellimus, arve, klient, number, telefon, tel' },
  bn: { code: 'কোড, ওটিপি, পিন, পাসওয়ার্ড', use: 'লিখুন, ব্যবহার করুন', other: 'অর্ডার, চালান, গ্রাহক, নম্বর, ফোন, পোস্ট কোড' },
  ta: { code: 'குறியீடு, கடவுச்சொல்', use: 'உள்ளிடவும்', other: 'ஆர்டர், எண், தொலைபேசி' },
  te: { code: 'కోడ్, పాస్‌వర్డ్', use: 'నమోదు చేయండి', other: 'ఆర్డర్, నంబర్, ఫోన్' },
  ur: { code: 'کوڈ, پاس ورڈ', use: 'درج کریں', other: 'آرڈر, نمبر, فون, پوسٹل کوڈ' },
};

/** What a code or a password is said to be in its place, in several languages. */
const said = `activated active added approved blocked canceled cancelled changed confirmed created deactivated deleted disabled empty
  enabled encrypted expired failed generated hidden inactive invalid issued locked masked missing none null pending protected
  redacted rejected removed required reset restored revoked secret sent strong success successful suspended unchanged unknown
  unlocked unset unused updated used valid verified weak
  abgelaufen aktiv aktiviert deaktiviert erneuert fehlt geheim gesendet gesperrt inaktiv leer unbekannt verborgen versandt
  actif active inactif inconnu invalide secret valide
  activo activa actualizado actualizada bloqueado bloqueada caducado caducada cambiado cambiada enviado enviada expirado expirada
  inactivo ativo ativa alterado alterada atualizado atualizada expirado
  attivo attiva bloccato bloccata cambiato cambiata inviato inviata scaduto scaduta valido valida
  actief gewijzigd inactief ongeldig verlopen verzonden`;

export const states: ReadonlySet<string> = new Set(said.toUpperCase().split(/\s+/));
