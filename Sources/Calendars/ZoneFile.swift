/// The content of a TZif file (RFC 9636, versions 1 to 4): transitions, offsets and the footer rule.
struct ZoneFile {
  /// Seconds UTC, strictly ascending.
  var transitions: [Int64] = []
  /// The offset that holds from each transition on, in seconds east of Greenwich.
  var offsetsAfter: [Int] = []
  /// The offset before the first transition.
  var firstOffset = 0
  var footer: PosixZone?

  /// The earliest transition the format allows, in seconds: before the universe began.
  private static let beginningOfTime: Int64 = -1 << 59

  init(name: String, bytes: [UInt8]) throws(CalendarError) {
    let header = try Header(name: name, bytes: bytes, at: 0)
    guard header.version >= UInt8(ascii: "2") else {
      try read(name: name, bytes: bytes, at: Header.byteCount, header: header, timeBytes: 4)
      return
    }
    let second = Header.byteCount + header.blockByteCount(timeBytes: 4)
    let wide = try Header(name: name, bytes: bytes, at: second)
    try read(name: name, bytes: bytes, at: second + Header.byteCount, header: wide, timeBytes: 8)
    let footerStart = second + Header.byteCount + wide.blockByteCount(timeBytes: 8)
    try readFooter(name: name, bytes: bytes, at: footerStart)
  }

  private mutating func read(
    name: String, bytes: [UInt8], at start: Int, header: Header, timeBytes: Int
  ) throws(CalendarError) {
    guard start + header.blockByteCount(timeBytes: timeBytes) <= bytes.count else {
      throw .zone(name: name, .truncated)
    }
    guard header.leapCount == 0 else { throw .zone(name: name, .leapSeconds) }
    guard header.typeCount > 0 else { throw .zone(name: name, .malformed("no offset")) }
    let kinds = start + header.timeCount * timeBytes
    let types = kinds + header.timeCount
    var offsets: [Int] = []
    for type in 0..<header.typeCount {
      let offset = Int(ZoneFile.bigEndian(bytes, at: types + type * 6, byteCount: 4))
      guard abs(offset) < 26 * 3_600 else { throw .zone(name: name, .malformed("offset of \(offset) seconds")) }
      offsets.append(offset)
    }
    firstOffset = offsets[0]
    for index in 0..<header.timeCount {
      let second = ZoneFile.bigEndian(bytes, at: start + index * timeBytes, byteCount: timeBytes)
      let kind = Int(bytes[kinds + index])
      guard kind < offsets.count else { throw .zone(name: name, .malformed("offset number \(kind)")) }
      guard second >= ZoneFile.beginningOfTime, second <= CalendarLimits.latest / 1_000 else {
        throw .zone(name: name, .malformed("a transition in a far year"))
      }
      if let last = transitions.last, second <= last {
        throw .zone(name: name, .malformed("transitions out of order"))
      }
      transitions.append(second)
      offsetsAfter.append(offsets[kind])
    }
  }

  private mutating func readFooter(name: String, bytes: [UInt8], at start: Int) throws(CalendarError) {
    let newline = UInt8(ascii: "\n")
    guard start < bytes.count, bytes[start] == newline,
      let end = bytes[(start + 1)...].firstIndex(of: newline)
    else { throw .zone(name: name, .truncated) }
    let text = Array(bytes[(start + 1)..<end])
    guard !text.isEmpty else { return }
    footer = PosixZone(text)
    if footer == nil { throw .zone(name: name, .malformed("rule \(String(decoding: text, as: UTF8.self))")) }
  }

  /// A signed number of `byteCount` bytes, most significant first. The caller has checked the bounds.
  static func bigEndian(_ bytes: [UInt8], at start: Int, byteCount: Int) -> Int64 {
    var value: UInt64 = bytes[start] & 0x80 == 0 ? 0 : .max
    for index in start..<(start + byteCount) { value = value << 8 | UInt64(bytes[index]) }
    return Int64(bitPattern: value)
  }

  struct Header {
    static let byteCount = 44

    let version: UInt8
    let utcCount: Int
    let standardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let abbreviationByteCount: Int

    init(name: String, bytes: [UInt8], at start: Int) throws(CalendarError) {
      guard start + Header.byteCount <= bytes.count else {
        if start == 0 { throw .zone(name: name, .notZoneFile) } else { throw .zone(name: name, .truncated) }
      }
      guard bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { throw .zone(name: name, .notZoneFile) }
      version = bytes[start + 4]
      var counts: [Int] = []
      for index in 0..<6 {
        let count = Int(ZoneFile.bigEndian(bytes, at: start + 20 + index * 4, byteCount: 4))
        guard count >= 0 else { throw .zone(name: name, .malformed("negative count")) }
        counts.append(count)
      }
      utcCount = counts[0]
      standardCount = counts[1]
      leapCount = counts[2]
      timeCount = counts[3]
      typeCount = counts[4]
      abbreviationByteCount = counts[5]
    }

    func blockByteCount(timeBytes: Int) -> Int {
      timeCount * (timeBytes + 1) + typeCount * 6 + abbreviationByteCount + leapCount * (timeBytes + 4)
        + standardCount + utcCount
    }
  }
}
