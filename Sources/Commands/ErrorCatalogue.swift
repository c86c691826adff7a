/// Every error the tool can report: what causes it, what to do, an example, the exit status. `explain CODE` prints it.
enum ErrorCatalogue {
  struct Entry {
    var code: String
    var title: String
    var cause: String
    var hint: String
    var example: String
    var status: ExitStatus
  }

  static func entry(_ code: String) -> Entry? { entries.first { $0.code == code.uppercased() } }

  static let entries: [Entry] = [
    // 1: usage and query
    Entry(
      code: "OB1101", title: "no store named", cause: "The command needs a store file and none was given.",
      hint: "name it: --store shop.orders, or set ORDERBASE_STORE", example: "orderbase kpi K07", status: .usage),
    Entry(
      code: "OB1102", title: "a value is not possible here", cause: "An option's value cannot be read or is unknown.",
      hint: "orderbase help COMMAND lists the values", example: "orderbase kpi K07 --format pdf", status: .usage),
    Entry(
      code: "OB1103", title: "no such time zone", cause: "The zone is neither an IANA name nor an offset.",
      hint: "use a name such as Asia/Shanghai, or an offset such as +08:00",
      example: "orderbase kpi K07 --tz Shanghai", status: .usage),
    Entry(
      code: "OB1104", title: "arguments not understood",
      cause: "An option, argument or command is unknown, missing, or does not go with another.",
      hint: "orderbase help COMMAND", example: "orderbase kpi", status: .usage),
    Entry(
      code: "OB1201", title: "something else was expected",
      cause: "A condition or period is not written as it must be.",
      hint: "orderbase help periods, orderbase help conditions", example: "orderbase kpi K07 --where 'channel ='",
      status: .usage),
    Entry(
      code: "OB1202", title: "a literal is written wrongly",
      cause: "A string, number, duration or date cannot be read.",
      hint: "quote texts; write dates as 2025-03-15", example: "orderbase kpi K07 --where \"channel = 'pos\"",
      status: .usage),
    Entry(
      code: "OB1203", title: "not done by this version", cause: "The language knows it, this version does not do it.",
      hint: "write the condition in another way", example: "orderbase kpi K07 --where \"channel ~ 'p.*'\"",
      status: .usage),
    Entry(
      code: "OB1204", title: "no such field", cause: "There is no field of that name to filter or group by.",
      hint: "orderbase describe orders lists the fields", example: "orderbase kpi K10:commit --by locaton",
      status: .usage),
    Entry(
      code: "OB1205", title: "types do not go together", cause: "Two things are compared that cannot be compared.",
      hint: "orderbase describe orders lists the types", example: "orderbase kpi K07 --where 'channel > 5'",
      status: .usage),
    Entry(
      code: "OB1206", title: "no such status", cause: "The word is no node of the order lifecycle.",
      hint: "orderbase describe nodes lists them", example: "orderbase kpi K07 --where 'reached dispatched'",
      status: .usage),
    Entry(
      code: "OB1207", title: "a period ends before it begins", cause: "The end of the period lies before its start.",
      hint: "write the earlier period first: 2025-01..2025-03", example: "orderbase kpi K07 --period 2025-03..2025-01",
      status: .usage),
    Entry(
      code: "OB1208", title: "nested too deeply", cause: "Parentheses or operators are nested too deeply.",
      hint: "split the condition into several --where", example: "--where '((((…))))'", status: .usage),
    Entry(
      code: "OB1301", title: "no such key figure", cause: "No key figure has this id or name.",
      hint: "orderbase kpi list", example: "orderbase kpi K99", status: .notFound),
    Entry(
      code: "OB1302", title: "a name with several meanings",
      cause: "The figure has several meanings of equal right; the bare name would hide which one was computed.",
      hint: "choose a variant: orderbase kpi K10:commit", example: "orderbase kpi K10", status: .usage),
    Entry(
      code: "OB1303", title: "no such variant", cause: "The figure has no variant of that name.",
      hint: "orderbase kpi list", example: "orderbase kpi K10:ontime", status: .usage),
    Entry(
      code: "OB1304", title: "a figure exceeds 64 bits", cause: "A sum or fraction cannot be told exactly in 64 bits.",
      hint: "ask for a shorter period", example: "orderbase kpi K31:twa --period all", status: .failed),
    Entry(
      code: "OB1305", title: "a figure needs a period", cause: "An average over time needs a period with both ends.",
      hint: "add --period 2025-03", example: "orderbase kpi K31:twa", status: .usage),
    Entry(
      code: "OB1306", title: "mixed currencies", cause: "Amounts of several currencies were to be added up.",
      hint: "add --by currency, or --where \"currency = 'EUR'\"", example: "orderbase kpi K42:gross", status: .usage),
    Entry(
      code: "OB1307", title: "cannot be grouped so", cause: "The key figure is not told at the grain of this key.",
      hint: "leave the key away, or choose another figure", example: "orderbase kpi K31:twa --by channel",
      status: .usage),
    Entry(
      code: "OB1308", title: "a figure has no text of SQL",
      cause: "The figure cannot be told as one statement over the hand-over tables.",
      hint: "choose one that the message names", example: "orderbase kpi K31:twa --period 2025-03 --explain sql:sqlite",
      status: .usage),
    // 2: import
    Entry(
      code: "OB2001", title: "no such file", cause: "A file to be read is not there.",
      hint: "check the path; several files of one mapping are found in the directory given",
      example: "orderbase import gone.csv --map generic.toml", status: .notFound),
    Entry(
      code: "OB2002", title: "a file cannot be read", cause: "The system refused to read the file.",
      hint: "check its permissions", example: "orderbase import /root/x.csv --map m.toml", status: .failed),
    Entry(
      code: "OB2003", title: "a file cannot be written",
      cause: "The rejects file or a temporary file cannot be written.",
      hint: "check permissions and room, or name another place with --rejects",
      example: "orderbase import x.csv --map m.toml --rejects /proc", status: .failed),
    Entry(
      code: "OB2004", title: "compressed data is damaged",
      cause: "The gzip or zstd data was cut or damaged on its way.",
      hint: "fetch the file again; what was imported before stands, and importing again continues",
      example: "orderbase import cut.csv.gz --map m.toml", status: .failed),
    Entry(
      code: "OB2005", title: "not the encoding it should be",
      cause: "The text has bytes that its encoding does not allow.",
      hint: "name the encoding in the mapping: encoding = \"gb18030\"", example: "orderbase import x.csv --map m.toml",
      status: .failed),
    Entry(
      code: "OB2006", title: "not a table", cause: "The file is empty, or a quote in it never closes.",
      hint: "look at the line named", example: "orderbase import empty.csv --map m.toml", status: .failed),
    Entry(
      code: "OB2007", title: "the mapping is wrong",
      cause: "The mapping cannot be read or does not fit the file's columns.",
      hint: "correct the line named; Tools/mappings/generic.toml explains every key",
      example: "orderbase import x.csv --map wrong.toml", status: .usage),
    Entry(
      code: "OB2008", title: "too many rejects", cause: "More rows were rejected than --max-errors allows.",
      hint: "look at the rejects file first; --max-errors 100% lets all pass",
      example: "orderbase import x.csv --map m.toml --max-errors 10", status: .stopped),
    Entry(
      code: "OB2101", title: "row: number of fields", cause: "The row has more or fewer fields than the header.",
      hint: "quote fields that hold the delimiter", example: "a,b,c under the header a,b", status: .rejectedRows),
    Entry(
      code: "OB2102", title: "row: no whole number", cause: "A quantity or count is no whole number.",
      hint: "correct the value", example: "qty = 1.5", status: .rejectedRows),
    Entry(
      code: "OB2103", title: "row: bad amount",
      cause: "An amount is no number at the declared scale; nothing is rounded.",
      hint: "correct the value, or raise scale in the mapping", example: "price = 12.345 at scale 2",
      status: .rejectedRows),
    Entry(
      code: "OB2104", title: "row: bad time",
      cause: "An instant does not follow its pattern, or there is no such time.",
      hint: "correct the value, or the format in the mapping", example: "placed_at = 2025-02-30",
      status: .rejectedRows),
    Entry(
      code: "OB2105", title: "row: value missing", cause: "A value that must be there is empty.",
      hint: "fill it in", example: "order_no is empty", status: .rejectedRows),
    Entry(
      code: "OB2106", title: "row: quote never closes", cause: "A quote opens in this row and never closes.",
      hint: "double quotes inside quoted fields", example: "\"a 5\" disc\"", status: .rejectedRows),
    Entry(
      code: "OB2107", title: "row: no JSON object", cause: "The line is no JSON object.",
      hint: "one object a line", example: "{\"order_no\":", status: .rejectedRows),
    Entry(
      code: "OB2108", title: "row: no such reference",
      cause: "A joined file has no row with the key that this row names.",
      hint: "import the files of one export together", example: "customer_id without a customer", status: .rejectedRows),
    Entry(
      code: "OB2109", title: "row: contradiction", cause: "Rows of one document disagree on a value it has once.",
      hint: "correct the row", example: "two placed instants in one order", status: .rejectedRows),
    Entry(
      code: "OB2110", title: "row: unknown status", cause: "The status word is not in the mapping.",
      hint: "add it to [status] map, or say unknown = \"keep\"", example: "status = verschickt", status: .rejectedRows),
    Entry(
      code: "OB2111", title: "row: no document", cause: "The row refers to no document of the main file.",
      hint: "import the files of one export together", example: "an item of an unknown order", status: .rejectedRows),
    Entry(
      code: "OB2112", title: "row: document rejected",
      cause: "Another row of the same document was rejected; it goes in whole or not at all.",
      hint: "correct the other row; the rejects file holds both", example: "line 2 of an order whose line 1 is bad",
      status: .rejectedRows),
    Entry(
      code: "OB2113", title: "row: refused by the store", cause: "The store refused the document; the reason is given.",
      hint: "orderbase order get NUMBER shows what is stored", example: "the same number with another amount",
      status: .rejectedRows),
    Entry(
      code: "OB2114", title: "row: text too long", cause: "A text is longer than 64 KiB.", hint: "shorten it",
      example: "a note of 70,000 bytes", status: .rejectedRows),
    Entry(
      code: "OB2115", title: "line: no command",
      cause: "A line of a feed is no command: a member is missing or of another type.",
      hint: "orderbase help record", example: "{\"command\":\"hold\",\"order\":\"SO-1\"} without a kind",
      status: .rejectedRows),
    // 3: business rules
    Entry(
      code: "OB3101", title: "no such order", cause: "The store has no order of that number.",
      hint: "orderbase find NUMBER", example: "orderbase track SO-0", status: .notFound),
    Entry(
      code: "OB3102", title: "ambiguous order number", cause: "Several channels have an order of that number.",
      hint: "add --channel NAME", example: "orderbase track 1001", status: .refused),
    Entry(
      code: "OB3103", title: "no such SKU", cause: "The store never heard of the SKU.",
      hint: "receive stock of it first: orderbase inventory receive SKU 10 --location L",
      example: "orderbase inventory get SKU-0", status: .notFound),
    Entry(
      code: "OB3104", title: "would oversell", cause: "Fewer units are available than wanted.",
      hint: "orderbase inventory get SKU shows what each location has",
      example: "orderbase inventory reserve SKU-77 --order SO-1 --location SH-1", status: .refused),
    Entry(
      code: "OB3105", title: "below what is reserved", cause: "The change would leave less on hand than is promised.",
      hint: "release reservations first", example: "orderbase inventory adjust SKU-77 -5 --location SH-1",
      status: .refused),
    Entry(
      code: "OB3106", title: "changed body", cause: "The channel and number are stored with other content.",
      hint: "orderbase order get NUMBER shows what is stored", example: "the same order with another amount",
      status: .refused),
    Entry(
      code: "OB3107", title: "reused key", cause: "The idempotency key was used with another body.",
      hint: "use a new key for a new request", example: "--key 7 for two different receipts", status: .refused),
    Entry(
      code: "OB3108", title: "illegal step", cause: "An order cannot go from its present node to this one.",
      hint: "orderbase track NUMBER shows where it stands", example: "cancelling a shipped order", status: .refused),
    Entry(
      code: "OB3109", title: "too many units", cause: "The order has fewer units in the state the command needs.",
      hint: "orderbase order get NUMBER shows its lines", example: "shipping 3 of 2 reserved", status: .refused),
    Entry(
      code: "OB3110", title: "stock is not tracked", cause: "The store does not count this SKU.",
      hint: "receive stock of it first: orderbase inventory receive SKU 10 --location L",
      example: "reserving a SKU nobody received", status: .refused),
    Entry(
      code: "OB3111", title: "a value the model cannot hold",
      cause: "A text, quantity, amount or instant is not possible.",
      hint: "correct the value", example: "quantity 0", status: .refused),
    Entry(
      code: "OB3112", title: "steps missing", cause: "Nodes that the order's profile requires come first.",
      hint: "orderbase flow show; an order of a shop that tracks fewer nodes is put with --profile simple",
      example: "orderbase record SO-1 released, not approved yet", status: .refused),
    Entry(
      code: "OB3113", title: "on hold", cause: "An open hold forbids the step.",
      hint: "orderbase order unhold NUMBER KIND", example: "orderbase record SO-1 released while on hold",
      status: .refused),
    Entry(
      code: "OB3114", title: "hold or exception not in that state",
      cause: "It is open already, or it is not open.", hint: "orderbase order get NUMBER shows what is open",
      example: "orderbase order unhold SO-1 fraud without such a hold", status: .refused),
    Entry(
      code: "OB3115", title: "own order", cause: "Who entered an order may not approve it.",
      hint: "let somebody else approve it", example: "orderbase order approve SO-1 --actor ann, entered by ann",
      status: .refused),
    Entry(
      code: "OB3116", title: "with the warehouse", cause: "The order was released; the warehouse has to agree.",
      hint: "add --acknowledged once the warehouse has said so", example: "orderbase order cancel SO-1 after released",
      status: .refused),
    Entry(
      code: "OB3117", title: "may not be split so", cause: "The order's split policy forbids it.",
      hint: "orderbase order get NUMBER shows the policy", example: "a part of an order put with --split complete",
      status: .refused),
    Entry(
      code: "OB3118", title: "waybill taken", cause: "The carrier's number belongs to another parcel.",
      hint: "orderbase find shows whose", example: "one waybill for two orders", status: .refused),
    Entry(
      code: "OB3119", title: "no credit",
      cause: "The customer's credit limit would be exceeded, or there is no customer.",
      hint: "raise the limit, or take a payment", example: "terms for a guest", status: .refused),
    Entry(
      code: "OB3120", title: "more than was paid", cause: "Refunds would exceed what was captured.",
      hint: "orderbase order get NUMBER shows what was paid and refunded", example: "a refund of an unpaid order",
      status: .refused),
    Entry(
      code: "OB3121", title: "a counter too low", cause: "Fewer units are in the counter than the command takes.",
      hint: "orderbase inventory get SKU", example: "receiving more than is expected", status: .refused),
    Entry(
      code: "OB3122", title: "stale version", cause: "The order has changed since it was read.",
      hint: "read it again: orderbase order get NUMBER", example: "--if-version 3 of an order at 4", status: .refused),
    Entry(
      code: "OB3123", title: "cannot be voided", cause: "There is no such entry, or its effects cannot be taken back.",
      hint: "orderbase track NUMBER --entries numbers them", example: "voiding a payment: refund it", status: .refused),
    Entry(
      code: "OB3124", title: "no such line or claim", cause: "The order has no line of the SKU, or the owner no claim.",
      hint: "orderbase order get NUMBER", example: "an edit of a SKU that was not ordered", status: .notFound),
    Entry(
      code: "OB3125", title: "nothing to do", cause: "No unit of the order is in the state for the step.",
      hint: "orderbase order get NUMBER", example: "a return of what was returned already", status: .refused),
    Entry(
      code: "OB3126", title: "not with a kit", cause: "Stock of a kit is its components'; kits do not nest or change.",
      hint: "orderbase inventory get KIT shows how many there could be", example: "orderbase inventory receive KIT 5",
      status: .refused),
    Entry(
      code: "OB3127", title: "beyond a channel's cap", cause: "The channel would hold more units than it may.",
      hint: "orderbase inventory caps", example: "orderbase inventory reserve SKU-77 of a channel with a cap",
      status: .refused),
    Entry(
      code: "OB3128", title: "no attempt to deliver",
      cause: "The parcel is not out for delivery, or was tried as often as it may be.",
      hint: "orderbase track NUMBER", example: "a failed attempt for a parcel that was only shipped", status: .refused),
    Entry(
      code: "OB3129", title: "another customer's order", cause: "An exchange is for the customer who returns.",
      hint: "orderbase order get NUMBER", example: "--exchange-for an order of somebody else", status: .refused),
    Entry(
      code: "OB3130", title: "no parcel to share",
      cause: "Legs share a parcel from one location to one customer, before they are released.",
      hint: "orderbase order get NUMBER shows legs, holds and customer", example: "orderbase order merge 10 --into 10",
      status: .refused),
    // 4: store
    Entry(
      code: "OB4100", title: "the store failed", cause: "The engine or the system reported something else.",
      hint: "orderbase verify --store FILE", example: "–", status: .failed),
    Entry(
      code: "OB4101", title: "no such store", cause: "There is no file at the path.",
      hint: "make one: orderbase --store shop.orders init", example: "orderbase --store gone.orders info",
      status: .notFound),
    Entry(
      code: "OB4102", title: "exists already", cause: "The file is there already and is not overwritten.",
      hint: "choose another name, or remove it", example: "orderbase --store shop.orders init twice", status: .failed),
    Entry(
      code: "OB4103", title: "not a store", cause: "The file is not an orderbase store.", hint: "check the path",
      example: "orderbase --store report.pdf info", status: .damaged),
    Entry(
      code: "OB4104", title: "newer format", cause: "A later version of the tool made the store.",
      hint: "use that version or a later one", example: "–", status: .damaged),
    Entry(
      code: "OB4114", title: "older format", cause: "An earlier version of the tool made the store.",
      hint: "import the sources again, or use the version that made it", example: "–", status: .damaged),
    Entry(
      code: "OB4105", title: "damaged", cause: "A checksum, count or reference in the file does not hold.",
      hint: "orderbase verify names every place; restore the latest backup", example: "–", status: .damaged),
    Entry(
      code: "OB4106", title: "no permission", cause: "The system does not let this user open the file.",
      hint: "check the permissions of the file, its -lock file and its directory", example: "–", status: .failed),
    Entry(
      code: "OB4107", title: "read-only", cause: "The file system, or the way the store was opened, allows no writing.",
      hint: "copy the store to where it can be written", example: "–", status: .failed),
    Entry(
      code: "OB4108", title: "disk full", cause: "The disk has no room for the commit. Everything before it is intact.",
      hint: "free some room and run the command again", example: "–", status: .noRoom),
    Entry(
      code: "OB4109", title: "map full", cause: "The store reached the size it was opened with. Everything is intact.",
      hint: "leave --map-size away", example: "orderbase --store s.orders import x.csv --map m.toml --map-size 8M",
      status: .noRoom),
    Entry(
      code: "OB4110", title: "too many readers", cause: "All reader slots are taken by living processes.",
      hint: "end some of them and try again", example: "–", status: .busy),
    Entry(
      code: "OB4111", title: "busy", cause: "Another writer holds the store.", hint: "try again", example: "–",
      status: .busy),
    Entry(
      code: "OB4113", title: "the disk failed",
      cause: "The system could not bring a commit to the disk; what was answered before it is there.",
      hint: "check the disk, then run the command again: nothing is taken twice", example: "–", status: .failed),
    Entry(
      code: "OB4201", title: "verification failed", cause: "Something derived differs from what the log says.",
      hint: "restore the latest backup, or import again", example: "orderbase verify", status: .damaged),
    Entry(
      code: "OB4202", title: "the engine fell over the file",
      cause: "Damage in the file's own structure, or a file cut short, brought the engine down while it read.",
      hint: "orderbase verify names what it can; restore the latest backup", example: "orderbase verify",
      status: .damaged),
  ]
}
