internal import Analytics
internal import Intake
internal import KPIs
internal import OrderModel
internal import OrderStore
internal import QueryLanguage

/// Why a command did not do what it was asked: one line, a hint that can be pasted, a code, an exit status.
struct CommandFailure: Error {
  var code: String
  var message: String
  var hint: String?
  /// Message, text at fault with carets and advice, when there is a text.
  var excerpt: String?
  var status: ExitStatus

  init(_ code: String, _ message: String, hint: String? = nil, excerpt: String? = nil) {
    (self.code, self.message, self.excerpt) = (code, message, excerpt)
    let entry = ErrorCatalogue.entry(code)
    self.hint = hint ?? entry?.hint
    status = entry?.status ?? .failed
  }

  /// Lines for people.
  var text: String {
    // An excerpt begins with the message, and ends with the hint when the error brought one.
    var lines = [excerpt ?? "error \(code): \(message)"]
    if let hint, excerpt?.hasSuffix(hint) != true { lines.append("  hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}

extension CommandFailure {
  init(_ error: StoreError) {
    switch error {
    case .refused(let refusal): self.init(refusal)
    case .notFound: self.init("OB4101", error.description)
    case .exists: self.init("OB4102", error.description)
    case .notAStore: self.init("OB4103", error.description)
    case .otherFormat(let found, let known): self.init(found > known ? "OB4104" : "OB4114", error.description)
    case .damaged: self.init("OB4105", error.description)
    case .accessDenied: self.init("OB4106", error.description)
    case .readOnly: self.init("OB4107", error.description)
    case .diskFull: self.init("OB4108", error.description)
    case .mapFull: self.init("OB4109", error.description)
    case .tooManyReaders: self.init("OB4110", error.description)
    case .busy: self.init("OB4111", error.description)
    case .diskFailed: self.init("OB4113", error.description)
    case .closed, .failed: self.init("OB4100", error.description)
    }
  }

  /// Why a store file could not be made at `path`.
  init(making path: String, _ error: StoreError) {
    if case .notFound(path) = error {
      self.init("OB2003", "\(path) cannot be made: its directory is not there", hint: "make the directory first")
    } else {
      self.init(error)
    }
  }

  init(_ refusal: Refusal) {
    let code =
      switch refusal {
      case .unknownOrder: "OB3101"
      case .ambiguousOrder: "OB3102"
      case .unknownSKU: "OB3103"
      case .oversold: "OB3104"
      case .belowReserved: "OB3105"
      case .changedBody: "OB3106"
      case .reusedKey: "OB3107"
      case .illegalStep: "OB3108"
      case .tooManyUnits: "OB3109"
      case .untrackedSKU: "OB3110"
      case .emptyOrder, .invalidQuantity, .invalidAmount, .invalidInstant, .missingText, .textTooLong, .overflow,
        .commandTooLarge, .tooManyLegs:
        "OB3111"
      case .stepsMissing: "OB3112"
      case .held: "OB3113"
      case .holdOpen, .holdNotOpen, .exceptionOpen, .exceptionNotOpen: "OB3114"
      case .ownOrder: "OB3115"
      case .needsAcknowledgement: "OB3116"
      case .splitForbidden: "OB3117"
      case .waybillTaken: "OB3118"
      case .creditExceeded, .noCustomer: "OB3119"
      case .overRefunded: "OB3120"
      case .presaleExhausted, .tooFew: "OB3121"
      case .staleVersion: "OB3122"
      case .noEntry, .notVoidable, .alreadyVoided: "OB3123"
      case .unknownLine, .noClaim: "OB3124"
      case .nothingToDo: "OB3125"
      case .capExceeded: "OB3127"
      case .kitHasNoStock, .impossibleKit: "OB3126"
      case .otherCustomer: "OB3129"
      case .cannotMerge: "OB3130"
      case .notOutForDelivery, .noMoreAttempts: "OB3128"
      }
    self.init(code, refusal.description)
  }

  init(_ error: IntakeError) {
    switch error {
    case .missing: self.init("OB2001", error.description)
    case .unreadable: self.init("OB2002", error.description)
    case .unwritable: self.init("OB2003", error.description)
    case .endsEarly, .damaged: self.init("OB2004", error.description)
    case .badText, .unsupportedEncoding: self.init("OB2005", error.description)
    case .rowTooLong, .documentTooLarge, .empty: self.init("OB2006", error.description)
    case .mapping: self.init("OB2007", error.description)
    }
  }

  init(_ error: KPIError) {
    switch error {
    case .unknown: self.init("OB1301", error.description)
    case .ambiguous: self.init("OB1302", error.description)
    case .unknownVariant: self.init("OB1303", error.description)
    case .overflow: self.init("OB1304", error.description)
    case .needsPeriod: self.init("OB1305", error.description)
    }
  }

  init(_ error: AnalyticsError) {
    switch error {
    case .kpi(let error): self.init(error)
    case .query(let error, let source): self.init(error, in: source)
    case .store(let error): self.init(error)
    case .unknownKey(_, _, let keys):
      self.init("OB1204", error.description, hint: "keys: \(keys.joined(separator: ", "))")
    case .repeatedKey: self.init("OB1102", error.description)
    case .keyDoesNotFit, .conditionDoesNotFit, .noMembers: self.init("OB1307", error.description)
    case .mixedCurrencies: self.init("OB1306", error.description)
    case .tooManyGroups, .cannotCompare, .sqlDoesNotFit: self.init("OB1307", error.description)
    case .noSQL(let kpi, let names):
      self.init("OB1308", "\(kpi) has no text of SQL", hint: "there is one of \(names.joined(separator: ", "))")
    }
  }

  init(_ error: QueryError, in source: String) {
    self.init(error.code.rawValue, error.message, hint: error.hint, excerpt: error.rendered(in: source))
  }
}

/// The tool's exit statuses: an interface.
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case rejectedRows = 2
  case notFound = 3
  case refused = 4
  case checkFailed = 5
  case damaged = 6
  case busy = 7
  case stopped = 8
  case noRoom = 9
  case usage = 64
  case interrupted = 130
  case terminated = 143

  var meaning: String {
    switch self {
    case .done: "done; also an empty result"
    case .failed: "failed for another reason"
    case .rejectedRows: "input had rejected rows: the rest is in, the rejects file names them"
    case .notFound: "not found: file, store, order, SKU, key figure"
    case .refused: "refused by a rule: would oversell, illegal status step, changed body"
    case .checkFailed: "a check or target failed"
    case .damaged: "the store is damaged, or its format is newer than the tool"
    case .busy: "busy: another writer holds the lock, or too many readers; try again"
    case .stopped: "stopped by --max-errors"
    case .noRoom: "no room: map or disk full; nothing half-written"
    case .usage: "usage error, also in a query text, a mapping or a bare key figure name that has variants"
    case .interrupted: "interrupted (SIGINT), after a clean stop"
    case .terminated: "terminated (SIGTERM), after a clean stop"
    }
  }
}
