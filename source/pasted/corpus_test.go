package pasted

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qalam/source"
	"qalam/source/diag"
	"qalam/source/sample"
)

// truthMark stands in a text of the corpus before what a mark is written like,
// and noteMark after it; between the two stands the number of the note.
const (
	truthOpen  = "⟦"
	truthClose = "⟧"
)

// corpusText is sentences of a language, in which ⟦1⟧ is a reference to note 1
// and ⟦2,9⟧ one to two notes, and the words for notes of the list.
type corpusText struct {
	lang, heading, note string
	before              bool // marks stand before punctuation
	digits              string
	body                string
}

var corpusTexts = []corpusText{
	{"en", "Notes", "The Daily Paper, 12 May 2014, p. 3.", false, "", "The bridge over the river was built in 1894.⟦1⟧ It carried 3,500 carts a day, and 12.5 tons of stone went into each pier.⟦2⟧ The town grew to 40,000 people by 1911.⟦3⟧\n\nNobody knew who had paid for it,⟦4⟧ although chapter 5 of the old book names a merchant.⟦2⟧ In 1920 the water rose by 4 metres.⟦1,5⟧ The engineers wrote that “nothing would hold.”⟦6⟧ It held.⟦7⟧"},
	{"fr", "Notes et références", "Le Journal, 12 mai 2014, p. 3.", true, "", "Le pont sur la rivière fut construit en 1894⟦1⟧. Il portait 3 500 charrettes par jour, et chaque pile contenait 12,5 tonnes de pierre⟦2⟧. La ville comptait 40 000 habitants en 1911⟦3⟧.\n\nPersonne ne savait qui avait payé⟦4⟧, bien que le chapitre 5 du vieux livre cite un marchand⟦2⟧. Le 3 mars 1920, l’eau monta de 4 mètres⟦1,5⟧. Les ingénieurs écrivirent que « rien ne tiendrait »⟦6⟧. Le pont a tenu⟦7⟧ !"},
	{"es", "Notas", "El Diario, 12 de mayo de 2014, p. 3.", true, "", "El puente sobre el río fue construido en el siglo pasado⟦1⟧. Llevaba 3.500 carros al día, y cada pilar tenía 12,5 toneladas de piedra⟦2⟧. La ciudad llegó a 40.000 habitantes en 1911 según los libros⟦3⟧.\n\nNadie sabía quién lo había pagado⟦4⟧, aunque el capítulo 5 del libro nombra a un comerciante⟦2⟧. En 1920 el agua subió 4 metros en un día⟦1,5⟧. Los ingenieros escribieron que «nada aguantaría»⟦6⟧. Aguantó⟦7⟧."},
	{"it", "Note", "Il Giornale, 12 maggio 2014, p. 3.", true, "", "Il ponte sul fiume fu costruito nel secolo passato⟦1⟧. Portava 3.500 carri al giorno, e ogni pila conteneva 12,5 tonnellate di pietra⟦2⟧. La città arrivò a 40.000 abitanti nel 1911 secondo i libri⟦3⟧.\n\nNessuno sapeva chi l’avesse pagato⟦4⟧, anche se il capitolo 5 del libro nomina un mercante⟦2⟧. Nel 1920 l’acqua salì di 4 metri in un giorno⟦1,5⟧. Gli ingegneri scrissero che «nulla avrebbe tenuto»⟦6⟧. Ha tenuto⟦7⟧."},
	{"pt", "Notas", "O Jornal, 12 de maio de 2014, p. 3.", false, "", "A ponte sobre o rio foi construída em 1894.⟦1⟧ Levava 3.500 carroças por dia, e cada pilar tinha 12,5 toneladas de pedra.⟦2⟧ A cidade chegou a 40.000 habitantes em 1911.⟦3⟧\n\nNinguém sabia quem tinha pago,⟦4⟧ embora o capítulo 5 do livro nomeie um comerciante.⟦2⟧ Em 1920 a água subiu 4 metros.⟦1,5⟧ Os engenheiros escreveram que “nada aguentaria”.⟦6⟧ Não caiu.⟦7⟧"},
	{"de", "Anmerkungen", "Die Zeitung, 12. Mai 2014, S. 3.", false, "", "Die Brücke über den Fluss wurde 1894 gebaut.⟦1⟧ Sie trug 3.500 Wagen am Tag, und in jedem Pfeiler waren 12,5 Tonnen Stein.⟦2⟧ Die Stadt hatte 1911 schon 40.000 Einwohner.⟦3⟧\n\nNiemand wusste, wer sie bezahlt hatte,⟦4⟧ obwohl Kapitel 5 des alten Buches einen Händler nennt.⟦2⟧ Am 3. März 1920 stieg das Wasser um 4 Meter.⟦1,5⟧ Die Ingenieure schrieben, „nichts werde halten“.⟦6⟧ Sie hielt.⟦7⟧"},
	{"nl", "Noten", "De Krant, 12 mei 2014, blz. 3.", false, "", "De brug over de rivier werd in 1894 gebouwd.⟦1⟧ Zij droeg 3.500 wagens per dag, en in elke pijler zat 12,5 ton steen.⟦2⟧ De stad had in 1911 al 40.000 inwoners.⟦3⟧\n\nNiemand wist wie het had betaald,⟦4⟧ al noemt hoofdstuk 5 van het oude boek een koopman.⟦2⟧ In 1920 steeg het water 4 meter.⟦1,5⟧ De ingenieurs schreven dat ‘niets zou houden’.⟦6⟧ De brug hield.⟦7⟧"},
	{"pl", "Przypisy", "Gazeta, 12 maja 2014, s. 3.", true, "", "Most na rzece zbudowano w ubiegłym wieku⟦1⟧. Przejeżdżało nim 3500 wozów dziennie, a w każdym filarze było 12,5 tony kamienia⟦2⟧. Miasto liczyło w 1911 roku 40 000 mieszkańców⟦3⟧.\n\nNikt nie wiedział, kto za to zapłacił⟦4⟧, choć rozdział 5 starej książki wymienia kupca⟦2⟧. W 1920 roku woda podniosła się o 4 metry w jeden dzień⟦1,5⟧. Inżynierowie pisali, że „nic nie wytrzyma”⟦6⟧. Most wytrzymał⟦7⟧."},
	{"ru", "Примечания", "Газета, 12 мая 2014, с. 3.", true, "", "Мост через реку построили в прошлом веке⟦1⟧. По нему проезжало 3500 телег в день, и в каждой опоре было 12,5 тонны камня⟦2⟧. В городе в 1911 году жило 40 000 человек по переписи⟦3⟧.\n\nНикто не знал, кто за него заплатил⟦4⟧, хотя в главе 5 старой книги назван купец⟦2⟧. В 1920 году вода поднялась на 4 метра за день⟦1,5⟧. Инженеры писали, что «ничто не устоит»⟦6⟧. Мост устоял⟦7⟧."},
	{"uk", "Примітки", "Газета, 12 травня 2014, с. 3.", true, "", "Міст через річку збудували в минулому столітті⟦1⟧. Ним проїжджало 3500 возів на день, і в кожній опорі було 12,5 тонни каменю⟦2⟧. У місті в 1911 році жило 40 000 людей за переписом⟦3⟧.\n\nНіхто не знав, хто за нього заплатив⟦4⟧, хоча в розділі 5 старої книги названо купця⟦2⟧. У 1920 році вода піднялася на 4 метри за день⟦1,5⟧. Інженери писали, що «ніщо не встоїть»⟦6⟧. Міст встояв⟦7⟧."},
	{"kk", "Ескертпелер", "Газет, 2014 жылғы 12 мамыр, 3-б.", false, "", "Өзен үстіндегі көпір 1894 жылы салынды.⟦1⟧ Одан күніне 3500 арба өтетін, әр тіректе 12,5 тонна тас болды.⟦2⟧ Қалада 1911 жылы 40 000 адам тұрды.⟦3⟧\n\nОны кім төлегенін ешкім білмеді,⟦4⟧ бірақ ескі кітаптың 5-тарауында бір саудагер аталады.⟦2⟧ 1920 жылы су 4 метрге көтерілді.⟦1,5⟧ Инженерлер «ештеңе шыдамайды» деп жазды.⟦6⟧ Көпір шыдады.⟦7⟧"},
	{"tr", "Notlar", "Gazete, 12 Mayıs 2014, s. 3.", false, "", "Nehrin üzerindeki köprü 1894 yılında yapıldı.⟦1⟧ Günde 3.500 araba geçiyordu ve her ayakta 12,5 ton taş vardı.⟦2⟧ Şehirde 1911’de 40.000 kişi yaşıyordu.⟦3⟧\n\nParayı kimin ödediğini kimse bilmiyordu,⟦4⟧ ama eski kitabın 5. bölümü bir tüccarın adını verir.⟦2⟧ 1920’de su 4 metre yükseldi.⟦1,5⟧ Mühendisler “hiçbir şey dayanmaz” diye yazdı.⟦6⟧ Köprü dayandı.⟦7⟧"},
	{"el", "Σημειώσεις", "Η Εφημερίδα, 12 Μαΐου 2014, σ. 3.", false, "", "Η γέφυρα στο ποτάμι χτίστηκε το 1894.⟦1⟧ Περνούσαν 3.500 άμαξες την ημέρα, και κάθε βάθρο είχε 12,5 τόνους πέτρα.⟦2⟧ Η πόλη είχε 40.000 κατοίκους το 1911.⟦3⟧\n\nΚανείς δεν ήξερε ποιος πλήρωσε·⟦4⟧ το κεφάλαιο 5 του παλιού βιβλίου αναφέρει έναν έμπορο.⟦2⟧ Το 1920 το νερό ανέβηκε 4 μέτρα.⟦1,5⟧ Οι μηχανικοί έγραψαν ότι «τίποτα δεν θα αντέξει».⟦6⟧ Άντεξε.⟦7⟧"},
	{"hy", "Ծանոթագրություններ", "Թերթ, 12 մայիսի 2014, էջ 3։", false, "", "Գետի կամուրջը կառուցվել է 1894 թվականին։⟦1⟧ Օրական անցնում էր 3500 սայլ, և ամեն հենարանում կար 12,5 տոննա քար։⟦2⟧ Քաղաքում 1911-ին ապրում էր 40 000 մարդ։⟦3⟧\n\nՈչ ոք չգիտեր, թե ով է վճարել,⟦4⟧ թեև հին գրքի գլուխ 5-ը նշում է մի վաճառականի։⟦2⟧ 1920-ին ջուրը բարձրացավ 4 մետր։⟦1,5⟧ Ճարտարագետները գրեցին՝ «ոչինչ չի դիմանա»։⟦6⟧ Կամուրջը դիմացավ։⟦7⟧"},
	{"ka", "შენიშვნები", "გაზეთი, 12 მაისი 2014, გვ. 3.", false, "", "მდინარეზე ხიდი 1894 წელს აშენდა.⟦1⟧ დღეში 3500 ურემი გადიოდა და თითო ბურჯში 12,5 ტონა ქვა იყო.⟦2⟧ ქალაქში 1911 წელს 40 000 კაცი ცხოვრობდა.⟦3⟧\n\nარავინ იცოდა, ვინ გადაიხადა,⟦4⟧ თუმცა ძველი წიგნის თავი 5 ვაჭარს ახსენებს.⟦2⟧ 1920 წელს წყალმა 4 მეტრით აიწია.⟦1,5⟧ ინჟინრებმა დაწერეს, რომ „ვერაფერი გაუძლებს“.⟦6⟧ ხიდმა გაუძლო.⟦7⟧"},
	{"ar", "الهوامش", "الجريدة، ١٢ مايو ٢٠١٤، ص ٣.", false, "٠١٢٣٤٥٦٧٨٩", "بُني الجسر فوق النهر عام ١٨٩٤.⟦1⟧ وكانت تعبره ٣٥٠٠ عربة في اليوم، وفي كل دعامة ١٢٫٥ طنًا من الحجر.⟦2⟧ وبلغ سكان المدينة ٤٠٬٠٠٠ نسمة عام ١٩١١.⟦3⟧\n\nلم يعرف أحد من دفع ثمنه،⟦4⟧ وإن كان الفصل ٥ من الكتاب القديم يذكر تاجرًا.⟦2⟧ وفي عام ١٩٢٠ ارتفع الماء ٤ أمتار.⟦1,5⟧ وكتب المهندسون أن «لا شيء سيصمد».⟦6⟧ فهل صمد؟⟦7⟧"},
	{"fa", "پانویس\u200cها", "روزنامه، ۱۲ مه ۲۰۱۴، ص ۳.", false, "۰۱۲۳۴۵۶۷۸۹", "پل روی رودخانه در سال ۱۸۹۴ ساخته شد.⟦1⟧ روزانه ۳۵۰۰ گاری از آن می\u200cگذشت و هر پایه ۱۲٫۵ تن سنگ داشت.⟦2⟧ جمعیت شهر در سال ۱۹۱۱ به ۴۰٬۰۰۰ نفر رسید.⟦3⟧\n\nهیچ\u200cکس نمی\u200cدانست چه کسی پول داد،⟦4⟧ هرچند فصل ۵ کتاب از بازرگانی نام می\u200cبرد.⟦2⟧ در سال ۱۹۲۰ آب ۴ متر بالا آمد.⟦1,5⟧ مهندسان نوشتند «هیچ چیز دوام نمی\u200cآورد».⟦6⟧ پل ماند.⟦7⟧"},
	{"ur", "حواشی", "اخبار، 12 مئی 2014، ص 3۔", false, "", "دریا پر پل 1894 میں بنایا گیا۔⟦1⟧ روزانہ 3500 گاڑیاں گزرتی تھیں اور ہر ستون میں 12.5 ٹن پتھر تھا۔⟦2⟧ شہر کی آبادی 1911 میں 40,000 تھی۔⟦3⟧\n\nکوئی نہیں جانتا تھا کہ پیسے کس نے دیے،⟦4⟧ اگرچہ باب 5 میں ایک تاجر کا نام ہے۔⟦2⟧ سن 1920 میں پانی 4 میٹر بلند ہوا۔⟦1,5⟧ انجینئروں نے لکھا کہ ”کچھ نہیں بچے گا“۔⟦6⟧ کیا پل بچا؟⟦7⟧"},
	{"he", "הערות", "העיתון, 12 במאי 2014, עמ' 3.", false, "", "הגשר מעל הנהר נבנה בשנת 1894.⟦1⟧ עברו בו 3,500 עגלות ביום, ובכל עמוד היו 12.5 טון אבן.⟦2⟧ בעיר חיו 40,000 איש ב-1911.⟦3⟧\n\nאיש לא ידע מי שילם,⟦4⟧ אף שפרק 5 של הספר הישן מזכיר סוחר.⟦2⟧ ב-1920 עלו המים 4 מטרים.⟦1,5⟧ המהנדסים כתבו ש\"שום דבר לא יחזיק\".⟦6⟧ הגשר החזיק.⟦7⟧"},
	{"hi", "टिप्पणियाँ", "अख़बार, 12 मई 2014, पृ. 3।", false, "", "नदी पर पुल 1894 में बना।⟦1⟧ उस पर रोज़ 3,500 गाड़ियाँ चलती थीं और हर खंभे में 12.5 टन पत्थर था।⟦2⟧ शहर में 1911 में 40,000 लोग रहते थे।⟦3⟧\n\nकोई नहीं जानता था कि पैसा किसने दिया,⟦4⟧ हालाँकि अध्याय 5 में एक व्यापारी का नाम है।⟦2⟧ सन 1920 में पानी 4 मीटर चढ़ा।⟦1,5⟧ इंजीनियरों ने लिखा कि “कुछ नहीं टिकेगा”।⟦6⟧ पुल टिका।⟦7⟧"},
	{"bn", "টীকা", "সংবাদপত্র, ১২ মে ২০১৪, পৃ. ৩।", false, "০১২৩৪৫৬৭৮৯", "নদীর উপর সেতু ১৮৯৪ সালে তৈরি হয়।⟦1⟧ দিনে ৩,৫০০ গাড়ি চলত এবং প্রতিটি স্তম্ভে ১২.৫ টন পাথর ছিল।⟦2⟧ শহরে ১৯১১ সালে ৪০,০০০ মানুষ থাকত।⟦3⟧\n\nকে টাকা দিয়েছে তা কেউ জানত না,⟦4⟧ যদিও অধ্যায় ৫ একজন বণিকের নাম বলে।⟦2⟧ ১৯২০ সালে জল ৪ মিটার ওঠে।⟦1,5⟧ প্রকৌশলীরা লিখেছিলেন “কিছুই টিকবে না”।⟦6⟧ সেতু টিকল।⟦7⟧"},
	{"zh", "注释", "《日报》，2014年5月12日，第3页。", false, "", "河上的桥建于1894年。⟦1⟧每天有3500辆车通过，每个桥墩用了12.5吨石头。⟦2⟧1911年全城有40000人。⟦3⟧\n\n没有人知道是谁出的钱，⟦4⟧虽然旧书第5章提到一位商人。⟦2⟧1920年水位上升了4米。⟦1,5⟧工程师写道：“什么都撑不住。”⟦6⟧桥撑住了。⟦7⟧"},
	{"zh-before", "注释", "《日报》，2014年5月12日，第3页。", true, "", "河上的桥是上个世纪修建的⟦1⟧。每天有3500辆车通过，每个桥墩都用了很多石头⟦2⟧。1911年全城有40000人居住⟦3⟧。\n\n没有人知道是谁出的钱⟦4⟧，虽然旧书第5章提到一位商人⟦2⟧。1920年水位上升了许多⟦1,5⟧。工程师写道“什么都撑不住”⟦6⟧。桥撑住了⟦7⟧。"},
	{"ja", "注", "『新聞』2014年5月12日、3頁。", true, "", "川にかかる橋は前世紀に建てられた⟦1⟧。一日に3500台の車が通り、橋脚には12.5トンの石が使われている⟦2⟧。1911年には4万人が住んでいた⟦3⟧。\n\n誰が払ったのか誰も知らなかったが⟦4⟧、古い本の第5章に商人の名がある⟦2⟧。1920年には水が4メートル上がった⟦1,5⟧。技師は「何も持たない」と書いた⟦6⟧。橋は残った⟦7⟧。"},
	{"ko", "주", "신문, 2014년 5월 12일, 3쪽.", false, "", "강 위의 다리는 1894년에 지어졌다.⟦1⟧ 하루에 3,500대의 수레가 지나갔고 교각마다 12.5톤의 돌이 들어갔다.⟦2⟧ 1911년에는 4만 명이 살았다.⟦3⟧\n\n누가 돈을 냈는지 아무도 몰랐지만,⟦4⟧ 옛 책 제5장은 한 상인을 말한다.⟦2⟧ 1920년에 물이 4미터 올랐다.⟦1,5⟧ 기술자들은 “아무것도 견디지 못한다”고 썼다.⟦6⟧ 다리는 견뎠다.⟦7⟧"},
	{"th", "เชิงอรรถ", "หนังสือพิมพ์ 12 พฤษภาคม 2557 หน้า 3", true, "", "สะพานข้ามแม่น้ำสร้างขึ้นในปี 2437 โดยช่างต่างชาติ⟦1⟧ มีเกวียนผ่านวันละ 3,500 เล่ม และเสาแต่ละต้นใช้หิน 12.5 ตันจากภูเขา⟦2⟧ เมืองนี้มีประชากร 40,000 คนตามบันทึก⟦3⟧\n\nไม่มีใครรู้ว่าใครจ่ายเงิน⟦4⟧ แม้บทที่ 5 ของหนังสือเก่าจะเอ่ยถึงพ่อค้า⟦2⟧ ต่อมาน้ำสูงขึ้น 4 เมตรในวันเดียว⟦1,5⟧ วิศวกรเขียนว่า “ไม่มีอะไรทนได้”⟦6⟧ แต่สะพานก็ทนได้⟦7⟧"},
	{"km", "កំណត់សម្គាល់", "កាសែត ថ្ងៃទី 12 ខែឧសភា ឆ្នាំ 2014 ទំព័រ 3។", false, "", "ស្ពានលើទន្លេត្រូវបានសាងសង់នៅឆ្នាំ 1894។⟦1⟧ មានរទេះ 3500 ឆ្លងកាត់ក្នុងមួយថ្ងៃ។⟦2⟧ ទីក្រុងមានមនុស្ស 40000 នាក់។⟦3⟧\n\nគ្មាននរណាដឹងថាអ្នកណាបង់ប្រាក់ទេ។⟦4⟧ ជំពូក 5 និយាយអំពីឈ្មួញម្នាក់។⟦2⟧ ទឹកបានឡើង 4 ម៉ែត្រ។⟦1,5⟧ វិស្វករបានសរសេរអំពីវា។⟦6⟧ ស្ពាននៅតែរឹងមាំ។⟦7⟧"},
	{"am", "ማስታወሻዎች", "ጋዜጣ፣ 12 ሜይ 2014፣ ገጽ 3።", false, "", "በወንዙ ላይ ያለው ድልድይ በ1894 ተሠራ።⟦1⟧ በቀን 3,500 ጋሪዎች ያልፉ ነበር።⟦2⟧ በከተማው 40,000 ሰዎች ይኖሩ ነበር።⟦3⟧\n\nማን እንደከፈለ ማንም አያውቅም፣⟦4⟧ ምዕራፍ 5 ግን ስለ ነጋዴ ይናገራል።⟦2⟧ ውሃው 4 ሜትር ከፍ አለ።⟦1,5⟧ መሐንዲሶች ጻፉ።⟦6⟧ ድልድዩ ቆመ።⟦7⟧"},
	{"vi", "Chú thích", "Nhật báo, ngày 12 tháng 5 năm 2014, tr. 3.", false, "", "Cây cầu qua sông được xây năm 1894.⟦1⟧ Mỗi ngày có 3.500 xe đi qua, và mỗi trụ cần 12,5 tấn đá.⟦2⟧ Thành phố có 40.000 người vào năm 1911.⟦3⟧\n\nKhông ai biết người nào đã trả tiền,⟦4⟧ dù chương 5 của cuốn sách cũ nhắc đến một thương nhân.⟦2⟧ Năm 1920 nước dâng lên 4 mét.⟦1,5⟧ Các kỹ sư viết rằng “không gì trụ được”.⟦6⟧ Cầu đã trụ.⟦7⟧"},
}

// corpusMarks are ways to write a mark.
var corpusMarks = []struct {
	name string
	mark func(numbers []string) string
}{
	{"glued", func(n []string) string { return strings.Join(n, ",") }},
	{"superscript", func(n []string) string { return raise(strings.Join(n, "˒")) }},
	{"brackets", func(n []string) string { return "[" + strings.Join(n, ", ") + "]" }},
	{"bracketed each", func(n []string) string { return "[" + strings.Join(n, "][") + "]" }},
	{"parentheses", func(n []string) string { return "(" + strings.Join(n, ", ") + ")" }},
	{"braces", func(n []string) string { return "{" + strings.Join(n, ";") + "}" }},
	{"circled", func(n []string) string {
		s := ""
		for _, x := range n {
			s += string(rune('①' + atoi(x) - 1))
		}
		return s
	}},
	{"full width", func(n []string) string { return "［" + strings.Join(n, "、") + "］" }},
	{"named", func(n []string) string { return "（注" + strings.Join(n, "、") + "）" }},
	{"thin", func(n []string) string { return "\u202f" + strings.Join(n, ",") }},
	{"caret", func(n []string) string { return "^" + strings.Join(n, ",") }},
}

// corpusLists are ways to write the number of a note.
var corpusLists = []string{"%s %s", "%s. %s", "%s) %s", "[%s] %s", "(%s) %s", "%s↩ %s", "%s. ↑ %s", "%s\t%s"}

func raise(s string) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(s)
}

// tally counts references that were found and should have been.
type tally struct{ right, found, wanted int }

func (a *tally) add(b tally) {
	a.right, a.found, a.wanted = a.right+b.right, a.found+b.found, a.wanted+b.wanted
}

func (a tally) f1() float64 {
	if a.found+a.wanted == 0 {
		return 1
	}
	return 2 * float64(a.right) / float64(a.found+a.wanted)
}

// render writes a text with ⟦…⟧ as a pasted one, and the references that it
// has: for each, the letters before it and the note. Notes are named by their
// text.
func render(body string, mark func([]string) string, note func(string) string) (text string, want []string) {
	var b, before strings.Builder
	for body != "" {
		i := strings.Index(body, truthOpen)
		if i < 0 {
			i = len(body)
		}
		b.WriteString(body[:i])
		before.WriteString(noSpaces(body[:i]))
		if body = body[i:]; body == "" {
			break
		}
		inside, rest, _ := strings.Cut(strings.TrimPrefix(body, truthOpen), truthClose)
		numbers := strings.Split(inside, ",")
		for _, n := range numbers {
			want = append(want, fmt.Sprint(len([]rune(before.String())), " ", note(n)))
		}
		b.WriteString(mark(numbers))
		body = rest
	}
	return b.String(), want
}

// references are those of an article, in the form of render.
func references(a *source.Article) []string {
	notes := map[string]string{}
	for _, n := range a.Notes {
		s := ""
		inlines(n.Blocks, func(text []source.Inline) { s += plain(text) })
		notes[n.Label] = noSpaces(s)
	}
	var out []string
	at := 0
	inlines(a.Blocks, func(text []source.Inline) {
		for _, in := range text {
			if ref, ok := in.(*source.NoteRef); ok {
				out = append(out, fmt.Sprint(at, " ", notes[ref.Label]))
				continue
			}
			at += len([]rune(noSpaces(plain([]source.Inline{in}))))
		}
	})
	return out
}

// compare counts, and says what is wrong.
func compare(t *testing.T, name string, want, got []string) tally {
	t.Helper()
	c := tally{found: len(got), wanted: len(want)}
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			c.right++
		} else {
			t.Logf("%s: missed %s", name, w)
		}
	}
	for _, g := range rest {
		t.Logf("%s: wrong %s", name, g)
	}
	return c
}

// References are found again in texts of our own in many languages, written in
// every way.
func TestCorpus(t *testing.T) {
	var all tally
	cases := 0
	langs := map[string]bool{}
	for k, c := range corpusTexts {
		for m, marks := range corpusMarks {
			for _, headed := range []bool{true, false} {
				list := corpusLists[(k+m)%len(corpusLists)]
				local := func(s string) string {
					if c.digits == "" || marks.name == "superscript" || marks.name == "circled" {
						return s
					}
					d := []rune(c.digits)
					return strings.Map(func(r rune) rune {
						if '0' <= r && r <= '9' {
							return d[r-'0']
						}
						return r
					}, s)
				}
				note := func(n string) string { return noSpaces("Z" + string(rune('A'+atoi(n))) + ". " + c.note) }
				body, want := render(c.body, func(n []string) string { return local(marks.mark(n)) }, note)
				text := "A. B.\n\n" + body + "\n\n"
				for i, w := range want {
					at, rest, _ := strings.Cut(w, " ")
					want[i] = strconv.Itoa(atoi(at)+len("A.B.")) + " " + rest
				}
				if headed {
					text += c.heading + "\n\n"
				}
				for n := 1; n <= 7; n++ {
					text += fmt.Sprintf(list, local(strconv.Itoa(n)), "Z"+string(rune('A'+n))+". "+c.note) + "\n"
				}
				res, diags := Read([]byte(text), Options{Path: "p.txt"})
				name := c.lang + " " + marks.name + " " + list
				if res == nil {
					t.Errorf("%s: %v", name, diags)
					continue
				}
				hold(t, []byte(text), res, diags)
				if tag, _, _ := strings.Cut(c.lang, "-"); res.Concordance.Lang != tag {
					t.Errorf("%s is taken for %s", c.lang, res.Concordance.Lang)
				}
				all.add(compare(t, name, want, references(res.Article)))
				cases++
				langs[c.lang] = true
				// The same text without its notes: nothing is taken, and that
				// the list is missed is said.
				res, diags = Read([]byte(body), Options{Path: "p.txt"})
				if res != nil && len(res.Article.Notes) > 0 || !slices.ContainsFunc(diags, func(d *diag.Diagnostic) bool { return d.Code == "pasted-no-list" || d.Code == "pasted-no-notes" }) {
					t.Errorf("%s: notes without a list: %v", name, diags)
				}
				bare, _ := render(c.body, func([]string) string { return "" }, note)
				if res, diags := Read([]byte(bare), Options{Path: "p.txt"}); res == nil || len(res.Article.Notes) > 0 || strings.Contains(bare, truthClose) {
					t.Errorf("%s: without marks: %v", name, diags)
				} else {
					hold(t, []byte(bare), res, diags)
				}
			}
		}
	}
	t.Logf("%d cases in %d languages: %d references, precision %.4f, recall %.4f, F1 %.4f", cases, len(langs), all.wanted,
		float64(all.right)/float64(max(all.found, 1)), float64(all.right)/float64(max(all.wanted, 1)), all.f1())
	if cases < 60 || len(langs) < 15 || all.f1() < 0.9995 {
		t.Errorf("%d cases, %d languages, F1 %.4f", cases, len(langs), all.f1())
	}
}

// The sample article, printed with glued marks, is imported again in each of
// its languages with the same notes and references.
func TestSample(t *testing.T) {
	folder, diags := source.Load(sample.FS(), "sample")
	if folder == nil || diags.HasErrors() {
		t.Fatal(diags)
	}
	articles := folder.Articles
	if names, err := fs.Glob(sample.FS(), "locales/*.md"); err != nil || len(articles) != len(names)+1 {
		t.Fatalf("%d articles: %v", len(articles), err)
	}
	for _, a := range articles {
		t.Run(a.Lang, func(t *testing.T) {
			g, _ := grammarOf(a.Lang)
			for _, withLang := range []bool{true, false} {
				text, want := pastedText(a, g)
				opts := Options{Path: "p.txt"}
				if withLang {
					opts.Lang = a.Lang
				}
				res, diags := Read([]byte(text), opts)
				if res == nil {
					t.Fatal(diags)
				}
				hold(t, []byte(text), res, diags)
				if !withLang && res.Concordance.Lang != a.Lang {
					t.Logf("guessed %s", res.Concordance.Lang)
				}
				c := compare(t, a.Lang, want, references(res.Article))
				if len(res.Article.Notes) != len(a.Notes) || c.f1() != 1 {
					t.Errorf("%d notes of %d, %+v\n%v", len(res.Article.Notes), len(a.Notes), c, diags)
				}
			}
		})
	}
}

// pastedText is an article as plain text with glued marks.
func pastedText(a *source.Article, g *grammar) (string, []string) {
	numbers := map[string]int{}
	notes := map[string]string{}
	var flat func(text []source.Inline) string
	flat = func(text []source.Inline) string {
		var b strings.Builder
		for _, in := range text {
			switch in := in.(type) {
			case *source.Text:
				b.WriteString(in.Value)
			case *source.NoteRef:
				if numbers[in.Label] == 0 {
					numbers[in.Label] = len(numbers) + 1
				}
				s := b.String()
				if strings.HasSuffix(s, truthClose) {
					b.Reset()
					b.WriteString(strings.TrimSuffix(s, truthClose) + "," + strconv.Itoa(numbers[in.Label]) + truthClose)
				} else {
					b.WriteString(truthOpen + strconv.Itoa(numbers[in.Label]) + truthClose)
				}
			case *source.Emph:
				b.WriteString(flat(in.Text))
			case *source.Strong:
				b.WriteString(flat(in.Text))
			case *source.Link:
				b.WriteString(flat(in.Text))
			case *source.Span:
				b.WriteString(flat(in.Text))
			case *source.CodeSpan:
				b.WriteString(in.Value)
			case *source.Break, *source.SoftBreak:
				b.WriteString(" ")
			default:
				panic(fmt.Sprintf("unexpected inline %T", in))
			}
		}
		return b.String()
	}
	var paragraphs []string
	var walk func(blocks []source.Block)
	walk = func(blocks []source.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case *source.Paragraph:
				paragraphs = append(paragraphs, flat(b.Text))
			case *source.Heading:
				paragraphs = append(paragraphs, flat(b.Text))
			case *source.Quote:
				walk(b.Blocks)
			case *source.List:
				for _, it := range b.Items {
					walk(it.Blocks)
				}
			case *source.Table:
				for _, row := range append([][]*source.Cell{b.Head}, b.Rows...) {
					cells := []string{}
					for _, cell := range row {
						cells = append(cells, flat(cell.Text))
					}
					paragraphs = append(paragraphs, strings.Join(cells, "\t"))
				}
			case *source.Figure, *source.Rule, *source.Remark:
			default:
				panic(fmt.Sprintf("unexpected block %T", b))
			}
		}
	}
	walk(a.Blocks)
	list := make([]string, len(numbers))
	for _, n := range a.Notes {
		s := ""
		inlinesOf(n.Blocks, func(text []source.Inline) { s += flat(text) })
		if k := numbers[n.Label]; k > 0 {
			list[k-1] = s
			notes[strconv.Itoa(k)] = noSpaces(s)
		}
	}
	body, want := render(strings.Join(paragraphs, "\n\n"), func(n []string) string { return strings.Join(n, ",") }, func(n string) string { return notes[n] })
	text := body + "\n\n" + g.notes[0] + "\n\n"
	for i, s := range list {
		text += strconv.Itoa(i+1) + " " + s + "\n"
	}
	return text, want
}

func inlinesOf(blocks []source.Block, f func([]source.Inline)) {
	for _, b := range blocks {
		if p, ok := b.(*source.Paragraph); ok {
			f(p.Text)
		}
	}
}

// Hard texts, written by hand: ⟦2⟧ after a mark says which note it refers to,
// by its place among all the notes, and is no part of the text.
func TestHard(t *testing.T) {
	tests := []struct{ name, text, lang string }{
		{"range", "One thing.1⟦1⟧ Many things.1–3⟦1,2,3⟧ The end.3⟦3⟧\n\n1 A one.\n2 B two.\n3 C three.", ""},
		{"range in brackets", "One thing.[1]⟦1⟧ Many things.[1-3]⟦1,2,3⟧ The end.[3]⟦3⟧\n\n[1] A one.\n[2] B two.\n[3] C three.", ""},
		{"run together", "One.1⟦1⟧ Two.2⟦2⟧ Three.3⟦3⟧ Four.4⟦4⟧ Five.5⟦5⟧ Both.35⟦3,5⟧\n\n1 A.\n2 B.\n3 C.\n4 D.\n5 E.", ""},
		{"spaced at the end", "The first word. 1⟦1⟧ The second word. 2⟦2⟧\n\nA new paragraph with words. 3⟦3⟧\n\n1. A.\n2. B.\n3. C.", ""},
		{"spaced, no list heading", "The first word. 1⟦1⟧ The second word. 2⟦2⟧ The third had 3 words. 3⟦3⟧\n\n1. A.\n2. B.\n3. C.", ""},
		{"spaced", "The first word. 1⟦1⟧ The second word. 2⟦2⟧ The third had 3 words. 3⟦3⟧ Then it ended.\n\n1. A.\n2. B.\n3. C.", ""},
		{"late start", "The first word.38⟦1⟧ The second word.39⟦2⟧ The third.40⟦3⟧\n\n38 A.\n39 B.\n40 C.", ""},
		{"closing", "The first word1)⟦1⟧ is here. The second2)⟦2⟧ is there. The third3)⟦3⟧ is gone.\n\n1) A.\n2) B.\n3) C.", ""},
		{"symbols", "The first word.*⟦1⟧ The second word.†⟦2⟧ The third.‡⟦3⟧\n\n* A note.\n† B note.\n‡ C note.", ""},
		{"stars", "The first word.*⟦1⟧ The second word.**⟦2⟧\n\n* A note.\n** B note.", ""},
		{"letters", "The first word.a⟦1⟧ The second word.b⟦2⟧ The third.c⟦3⟧\n\na. A note.\nb. B note.\nc. C note.", ""},
		{"restarted", "First part here.1⟦1⟧ More words.2⟦2⟧\n\nSecond part here.1⟦3⟧ More words.2⟦4⟧\n\nNotes\n\nPart One\n\n1 A.\n2 B.\n\nPart Two\n\n1 C.\n2 D.", ""},
		{"sections", "First part here.1⟦1⟧ More words.2⟦2⟧\n\n1 A note.\n2 B note.\n\nSecond part here.1⟦3⟧ More words.2⟦4⟧\n\n1 C note.\n2 D note.", ""},
		{"pages", "First page here.1⟦1⟧ More words.2⟦2⟧\n\n1 A note.\n2 B note.\n\nSecond page here.3⟦3⟧ More words.4⟦4⟧\n\n3 C note.\n4 D note.", ""},
		{"unnumbered", "The first word.1⟦1⟧ The second word.2⟦2⟧\n\nNotes\n\nA note of words.\n\nB note of words.", ""},
		{"two on a place", "The first word.[1]⟦1⟧[2]⟦2⟧ The second word.[3]⟦3⟧\n\n[1] A.\n[2] B.\n[3] C.", ""},
		{"semicolon", "The first word.1⟦1⟧ A second.2⟦2⟧ And a third.1;2⟦1,2⟧ Done.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"comma and space", "The first word.1⟦1⟧ A second.2⟦2⟧ And a third.1, 2⟦1,2⟧ Done.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"year fused", "It began in 18941⟦1⟧ and ended in 19112⟦2⟧ or so, they say.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"powers", "It has 40 km² of land.¹⟦1⟧ The sea has 10⁶ m² more.²⟦2⟧ That is all.³⟦3⟧\n\n¹ A.\n² B.\n³ C.", ""},
		{"glued notes", "The first word.1⟦1⟧ The second word.2⟦2⟧ A third one.3⟦3⟧\n\n1Author one.\n2Bauthor two.\n3Cauthor three.", ""},
		{"percent", "It was 15%1⟦1⟧ of it, and “half”2⟦2⟧ of that (or so)3⟦3⟧ then.\n\n1 A.\n2 B.\n3 C.", ""},
		{"lists in the body", "Do these things.1⟦1⟧\n\n1. Wash the cup.2⟦2⟧\n\n2. Dry the cup.\n\n3. Fill the cup.3⟦3⟧\n\nNotes\n\n1. A note.\n2. B note.\n3. C note.", ""},
		{"no notes", "Chapter 3 has 14 verses. In 1999 there were 12.\n\n1. Wash the cup.\n2. Dry the cup.", ""},
		{"verses", "Ezra 3:16 and § 12 are on pp. 2–5 of it.\n\nThe price was 3.50 or 4,50.", ""},
		{"Swedish", "Bron över floden byggdes 1894.1⟦1⟧ Den bar 3 500 vagnar om dagen.2⟦2⟧ Ingen visste vem som betalade,3⟦3⟧ men den stod.4⟦4⟧\n\nNoter\n\n1 Tidningen, 12 maj 2014, s. 3.\n2 B not.\n3 C not.\n4 D not.", "sv"},
		{"Czech", "Most přes řeku byl postaven v minulém století1⟦1⟧. Denně po něm jezdilo 3500 vozů2⟦2⟧, ale nikdo nevěděl proč3⟦3⟧. V roce 1911 stál4⟦4⟧.\n\n1 Noviny, 12. května 2014, s. 3.\n2 B list.\n3 C list.\n4 D list.", "cs"},
		{"Finnish", "Joen silta rakennettiin vuonna 1894.1⟦1⟧ Päivässä kulki 3 500 vaunua.2⟦2⟧ Vuonna 1911 kaupungissa oli 40 000 asukasta.3⟦3⟧\n\nViitteet\n\n1. Lehti, 12. toukokuuta 2014, s. 3.\n2. B lehti.\n3. C lehti.", "fi"},
		{"Hungarian", "A folyó hídját 1894-ben építették.1⟦1⟧ Naponta 3500 kocsi ment át rajta,2⟦2⟧ de 1911 után már csak 40.3⟦3⟧\n\nJegyzetek\n\n1 Újság, 2014. május 12., 3. o.\n2 B lap.\n3 C lap.", "hu"},
		{"Georgian", "ხიდი მდინარეზე 1894 წელს აშენდა.1⟦1⟧ დღეში 3500 ურემი გადიოდა.2⟦2⟧ არავინ იცოდა, ვინ გადაიხადა.3⟦3⟧\n\n1 გაზეთი, 12 მაისი 2014.\n2 მეორე გაზეთი.\n3 მესამე გაზეთი.", "ka"},
		{"Bengali", "নদীর উপর সেতুটি ১৮৯৪ সালে তৈরি হয়।১⟦1⟧ দিনে ৩৫০০ গাড়ি চলত।২⟦2⟧ কেউ জানত না কে টাকা দিয়েছে।৩⟦3⟧\n\n১ পত্রিকা, ১২ মে ২০১৪।\n২ দ্বিতীয় পত্রিকা।\n৩ তৃতীয় পত্রিকা।", "bn"},
		{"Tamil", "ஆற்றின் மீது பாலம் 1894 இல் கட்டப்பட்டது.1⟦1⟧ நாளுக்கு 3500 வண்டிகள் சென்றன.2⟦2⟧ யாருக்கும் தெரியாது.3⟦3⟧\n\n1 நாளிதழ், 12 மே 2014.\n2 இரண்டாம் நாளிதழ்.\n3 மூன்றாம் நாளிதழ்.", "ta"},
		{"Indonesian", "Jembatan di atas sungai itu dibangun pada 1894.1⟦1⟧ Setiap hari 3.500 kereta lewat.2⟦2⟧ Tidak ada yang tahu siapa yang membayar.3⟦3⟧\n\nCatatan\n\n1 Koran, 12 Mei 2014, hlm. 3.\n2 B koran.\n3 C koran.", "id"},
		{"full-width digits", "橋は1894年に建てられた。１⟦1⟧一日に3500台の車が通った。２⟦2⟧誰も知らなかった。３⟦3⟧\n\n注\n\n１ 新聞。\n２ 雑誌。\n３ 本。", "ja"},
		{"Korean, closing", "다리는 1894년에 지어졌다.1)⟦1⟧ 하루 3,500대가 지나갔다.2)⟦2⟧ 아무도 몰랐다.3)⟦3⟧\n\n1) 신문, 2014년 5월 12일.\n2) 잡지.\n3) 책.", "ko"},
		{"superscript range", "One thing.¹⟦1⟧ Many things.¹⁻³⟦1,2,3⟧ The end.⁴⟦4⟧\n\n1 A one.\n2 B two.\n3 C three.\n4 D four.", ""},
		{"before a dash", "He left the town1⟦1⟧—it was late2⟦2⟧—and he came back.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"before a comma after a year", "By April 2019,1⟦1⟧ the town had grown; by May 2020,2⟦2⟧ it had shrunk, and then it had 3,000 people.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"before punctuation", "“Why?”1⟦1⟧ he asked, “Why not?”2⟦2⟧; she (his wife3⟦3⟧) said nothing4⟦4⟧.\n\n1 A.\n2 B.\n3 C.\n4 D.", ""},
		{"wrapped, with a mark at a break", "The bridge over the river was built long ago and nobody knew\nhow many people had worked on it, or who had paid for it.1⟦1⟧\nThe town grew around it, and the carts came over it day and\nnight until the new road2⟦2⟧ was made in the hills behind the well-\nknown mill.3⟦3⟧ After that it was quiet in the town.\n\n1 A.\n2 B.\n3 C.", ""},
		{"behind a number that looks like a decimal", "The boat had a crew.1⟦1⟧ It took £61.2⟦2⟧ The fare rose to 35.3⟦3⟧ Nobody paid 12.45⟦4,5⟧ The mate had 7.\n\n1 A.\n2 B.\n3 C.\n4 D.\n5 E.", ""},
		{"behind a number, in a group", "The boat had a crew.1⟦1⟧ The mate was old.2⟦2⟧ It carried 200.1, 3⟦1,3⟧ The fare rose to 35.2;4⟦2,4⟧ The end.5⟦5⟧\n\n1 A.\n2 B.\n3 C.\n4 D.\n5 E.", ""},
		{"behind a time and a verse", "The boat left at noon.1⟦1⟧ It was back at 17:00.2⟦2⟧ The priest read Mark 9:503⟦3⟧ and went home.4⟦4⟧\n\n1 A.\n2 B.\n3 C.\n4 D.", ""},
		{"behind a percentage with a space", "Il pleut sur la mer1⟦1⟧. On en perdit 15 %2⟦2⟧, et personne ne le sut3⟦3⟧. Il a pris la mer.\n\n1 Journal, 12 mai 2014.\n2 Autre journal.\n3 Livre.", "fr"},
		{"behind the suffix of a number", "Дом построили в конце века1⟦1⟧. В 1812-м2⟦2⟧ он сгорел при 5 °C3⟦3⟧. Больше его не строили4⟦4⟧.\n\n1 А.\n2 Б.\n3 В.\n4 Г.", "ru"},
		{"German decimals and ordinals", "Die Fähre war alt.1⟦1⟧ Sie kostete 2,5 Taler,2⟦2⟧ und im Jahr fuhr sie 48,3⟦3⟧ oder mehr Male.4⟦4⟧ Es steht in 1. Mose.\n\n1 A.\n2 B.\n3 C.\n4 D.", "de"},
		{"spaced, in the midst of a sentence", "The road ran far. 1⟦1⟧ They laid trunks side by side, 2⟦2⟧ as was the custom. 3⟦3⟧ In winter 2 carts came, in summer 40. Nobody knew why; 4⟦4⟧ it ended. 5⟦5⟧\n\n1 A.\n2 B.\n3 C.\n4 D.\n5 E.", ""},
		{"powers and marks", "It took 12 m²,¹⟦1⟧ or 3 m³²⟦2⟧ in all. The rest was dry.³⟦3⟧\n\n1 A.\n2 B.\n3 C.", ""},
		{"a name with a number recurs", "The Falcon3 was built here.1⟦1⟧ Men worked on it.2⟦2⟧ They liked the Falcon3 best.3⟦3⟧ It burned.4⟦4⟧\n\n1 A.\n2 B.\n3 C.\n4 D.", ""},
		{"out of turn", "It rose.3⟦3⟧ He knew.1⟦1⟧ Then she came.2⟦2⟧ Again it rose.3⟦3⟧ It fell.4⟦4⟧ All was well.1⟦1⟧\n\n1 A.\n2 B.\n3 C.\n4 D.", ""},
		{"Roman numerals", "One thing.[i]⟦1⟧ Two things.[ii]⟦2⟧ Three.[iii]⟦3⟧\n\n[i] A note.\n[ii] B note.\n[iii] C note.", ""},
		{"signs before digits", "橋ができた※1⟦1⟧。舟が3艘あった※2⟦2⟧。流された※3⟦3⟧。\n\n※1 村史。\n※2 新聞。\n※3 日記。", "ja"},
		{"stars before digits", "橋ができた*1⟦1⟧。舟が3艘あった*2⟦2⟧。流された*3⟦3⟧。\n\n*1: 村史。\n*2: 新聞。\n*3: 日記。", "ja"},
		{"slashes", "One thing./1/⟦1⟧ Two things, 1/2 of it./2/⟦2⟧\n\n/1/ A note.\n/2/ B note.", ""},
		{"double parentheses", "One thing.((1))⟦1⟧ Two things.((2))⟦2⟧\n\n((1)) A note.\n((2)) B note.", ""},
		{"labels with dashes", "One thing.(1)⟦1⟧ Two things.(2)⟦2⟧\n\n1.- A note.\n2.- B note.", ""},
		{"parentheses of other kinds", "By Theorem 3(1)⟦1⟧ it is so.(2)⟦2⟧ Equation (2) is wrong.(3)⟦3⟧ See Eq. (3) too.(4)⟦4⟧\n\n(1) A.\n(2) B.\n(3) C.\n(4) D.", ""},
		{"notes named after sections", "The first word.1⟦1⟧ The second.2⟦2⟧\n\nThe wall\n\nAnother word.1⟦3⟧ And more.2⟦4⟧\n\nThe gate\n\nA last word.1⟦5⟧\n\nNotes\n\nT\n1. A.\n2. B.\n\nThe wall\n1. C.\n2. D.\n\nThe gate\n1. E.", ""},
		{"a mark in Arabic brackets, and a number", "بُني البيت (1)⟦1⟧، وكلف 4500 دينار (2)⟦2⟧. عاش فيه (12) شخصًا.\n\n(1) الكتاب، ص 34.\n(2) السجل، ص 112.", "ar"},
		{"headings above each part of a list", "The first word.1⟦1⟧ The second.2⟦2⟧\n\nNotes\n\n1 A note.\n2 B note.\n\nA third word stands here.3⟦3⟧ And one more.4⟦4⟧\n\nNotes\n\n3 C note.\n4 D note.", ""},
		{"line separators", "One thing.1⟦1⟧ Two things.2⟦2⟧\u2028\u20281 A note.\u20282 B note.", ""},
		{"a year behind two marks", "掌柜姓陈。1⟦1⟧大雾。2⟦2⟧停了。1,2⟦1,2⟧1911年又开了。3⟦3⟧\n\n注释\n\n1 日报。\n2 晚报。\n3 周刊。", "zh"},
		{"an appendix of the name", "Ev yapıldı.1⟦1⟧ Madde 9'a2⟦2⟧ göre kapı açıktır.3⟦3⟧\n\n1 A.\n2 B.\n3 C.", "tr"},
		{"a page with the mark", "Дом построили в том веке [1⟦1⟧, с. 15]. Он стоил много [2]⟦2⟧.\n\nСписок литературы\n\n1. А. Книга.\n2. Б. Газета.", "ru"},
		{"named in parentheses", "The first word (note 1)⟦1⟧ and the second (note 2)⟦2⟧ are there, and both (notes 1, 2)⟦1,2⟧ again.\n\nNote 1. A text.\nNote 2. B text.", ""},
	}
	var all tally
	for _, test := range tests {
		var b strings.Builder
		var want []string
		body, list := test.text, ""
		for body != "" {
			i := strings.Index(body, truthOpen)
			if i < 0 {
				list = body
				break
			}
			b.WriteString(body[:i])
			inside, rest, _ := strings.Cut(strings.TrimPrefix(body[i:], truthOpen), truthClose)
			want = append(want, strings.Split(inside, ",")...)
			body = rest
		}
		text := "T\n\n" + b.String() + list
		lang := cmp.Or(test.lang, "en")
		res, diags := Read([]byte(text), Options{Path: "p.txt", Title: "T", Lang: lang})
		if res == nil {
			t.Errorf("%s: %v", test.name, diags)
			continue
		}
		hold(t, []byte(text), res, diags)
		order := map[string]string{}
		for i, n := range res.Article.Notes {
			order[n.Label] = strconv.Itoa(i + 1)
		}
		var got []string
		inlines(res.Article.Blocks, func(text []source.Inline) {
			for _, in := range text {
				if ref, ok := in.(*source.NoteRef); ok {
					got = append(got, order[ref.Label])
				}
			}
		})
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v\n%s", test.name, got, want, source.Print(res.Article))
		}
		all.add(compare(t, test.name, want, got))
	}
	t.Logf("%d hard cases, F1 %.4f", len(tests), all.f1())
}
