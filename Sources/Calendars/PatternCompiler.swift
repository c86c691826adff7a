/// Turns the text of a date pattern into steps of reading.
struct PatternCompiler {
  private typealias Element = InstantPattern.Element

  private let bytes: [UInt8]
  private var position = 0
  private var elements: [InstantPattern.Element] = []
  private var seen: Set<InstantPattern.Element.Kind> = []
  /// Where the open optional part stands in `elements`.
  private var openOptional: Int?

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func compile() throws(CalendarError) -> [InstantPattern.Element] {
    if bytes.elementsEqual("epoch-s".utf8) { return [Element(kind: .epochSeconds)] }
    if bytes.elementsEqual("epoch-ms".utf8) { return [Element(kind: .epochMilliseconds)] }
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "'"): try quoted()
      case UInt8(ascii: "["): try open()
      case UInt8(ascii: "]"): try close()
      case let byte where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF): try field(byte)
      case let byte:
        literal(byte)
        position += 1
      }
    }
    try checkWhole()
    return elements
  }

  private mutating func literal(_ byte: UInt8) {
    elements.append(Element(kind: .literal, argument: byte))
  }

  /// `'T'`; two quotes are one quote, inside and outside.
  private mutating func quoted() throws(CalendarError) {
    let start = position
    let quote = UInt8(ascii: "'")
    position += 1
    if position < bytes.count, bytes[position] == quote {
      literal(quote)
      position += 1
      return
    }
    while position < bytes.count {
      if bytes[position] == quote {
        position += 1
        guard position < bytes.count, bytes[position] == quote else { return }
      }
      literal(bytes[position])
      position += 1
    }
    throw .pattern(position: start, problem: "the quote is not closed")
  }

  private mutating func open() throws(CalendarError) {
    guard openOptional == nil else { throw .pattern(position: position, problem: "[ inside [") }
    openOptional = elements.count
    elements.append(Element(kind: .optional))
    position += 1
  }

  private mutating func close() throws(CalendarError) {
    guard let start = openOptional else { throw .pattern(position: position, problem: "] without [") }
    let count = elements.count - start - 1
    guard count > 0, elements[start + 1].kind == .literal else {
      throw .pattern(position: position, problem: "what is in [ ] must begin with a plain character, as in [.SSS]")
    }
    guard let small = UInt8(exactly: count) else { throw .pattern(position: position, problem: "[ ] is too long") }
    elements[start] = Element(kind: .optional, argument: small)
    openOptional = nil
    position += 1
  }

  private mutating func field(_ letter: UInt8) throws(CalendarError) {
    let start = position
    while position < bytes.count, bytes[position] == letter { position += 1 }
    let element = try element(letter: letter, count: position - start, at: start)
    guard seen.insert(element.kind).inserted else {
      throw .pattern(position: start, problem: "\(Character(UnicodeScalar(letter))) comes twice")
    }
    let mayBeMissing: Set<InstantPattern.Element.Kind> = [.hour, .minute, .second, .fraction, .offset]
    guard openOptional == nil || mayBeMissing.contains(element.kind) else {
      throw .pattern(position: start, problem: "a date, h and a must not stand in [ ]")
    }
    elements.append(element)
  }

  private func element(letter: UInt8, count: Int, at start: Int) throws(CalendarError) -> InstantPattern.Element {
    let name = Character(UnicodeScalar(letter))
    let kind: Element.Kind
    switch name {
    case "y":
      guard count == 4 else {
        throw .pattern(position: start, problem: "a year is yyyy; shorter years do not name their century")
      }
      return Element(kind: .year, argument: 4)
    case "S":
      guard count <= 9 else { throw .pattern(position: start, problem: "at most nine digits of a second") }
      return Element(kind: .fraction, argument: UInt8(count))
    case "X", "x":
      guard count <= 3 else { throw .pattern(position: start, problem: "at most three \(name)") }
      let minutes: ZoneOffsetStyle.Minutes = count == 1 ? .none : count == 2 ? .plain : .afterColon
      return Element(kind: .offset, offsetStyle: ZoneOffsetStyle(takesZ: name == "X", minutes: minutes))
    case "a":
      guard count == 1 else { throw .pattern(position: start, problem: "AM or PM is a single a") }
      return Element(kind: .half)
    case "M": kind = .month
    case "d": kind = .day
    case "H": kind = .hour
    case "h": kind = .hourOfHalf
    case "m": kind = .minute
    case "s": kind = .second
    default:
      throw .pattern(position: start, problem: "unknown letter \(name); plain letters are quoted, as in 'T'")
    }
    guard count <= 2 else { throw .pattern(position: start, problem: "at most two \(name)") }
    return Element(kind: kind, argument: count == 2 ? 2 : 0)
  }

  private func checkWhole() throws(CalendarError) {
    func problem(_ text: String) -> CalendarError { .pattern(position: bytes.count, problem: text) }
    guard openOptional == nil else { throw problem("[ is not closed") }
    guard seen.isSuperset(of: [.year, .month, .day]) else { throw problem("a date needs yyyy, M and d") }
    guard seen.contains(.half) == seen.contains(.hourOfHalf) else { throw problem("h and a go together") }
    guard !(seen.contains(.hour) && seen.contains(.hourOfHalf)) else { throw problem("H and h exclude each other") }
  }
}
