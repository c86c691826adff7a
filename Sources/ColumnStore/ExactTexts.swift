/// Codes by text, byte for byte: `String` itself takes canonically equivalent spellings for one, which a hash of bytes
/// in a file does not, so that the answer would depend on what is folded.
///
/// A table of its own, open-addressed by ``Hash64``: an order asks it for some twenty words, and a dictionary would hash
/// the hash again. It is not generic, since other modules would then call it unspecialised.
package struct ExactTexts: Sendable {
  private struct Entry: Sendable {
    var hash: UInt64
    var text: String
    var code: UInt32
  }

  private var entries: [Entry] = []
  /// For each place the index of its entry, −1 for none; a power of two, at most half of it taken.
  private var places: [Int32] = []

  package init() {}

  package subscript(text: String) -> UInt32? {
    get {
      if entries.isEmpty { return nil }
      let place = place(of: text, Hash64.of(text, seed: 0))
      return places[place] < 0 ? nil : entries[Int(places[place])].code
    }
    set {
      guard let newValue else { preconditionFailure("texts are not removed one by one") }
      if 2 * (entries.count + 1) > places.count { grow() }
      let hash = Hash64.of(text, seed: 0)
      let place = place(of: text, hash)
      if places[place] < 0 {
        places[place] = Int32(entries.count)
        entries.append(Entry(hash: hash, text: text, code: newValue))
      } else {
        entries[Int(places[place])].code = newValue
      }
    }
  }

  package mutating func removeAll() {
    entries.removeAll()
    places.removeAll()
  }

  /// Where the text's entry is, or is to be.
  private func place(of text: String, _ hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] >= 0 {
      let index = Int(places[place])
      if entries[index].hash == hash, entries[index].text.isSameText(as: text) { return place }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private mutating func grow() {
    places = [Int32](repeating: -1, count: max(16, 2 * places.count))
    for index in entries.indices {
      var place = Int(truncatingIfNeeded: entries[index].hash) & (places.count - 1)
      while places[place] >= 0 { place = (place + 1) & (places.count - 1) }
      places[place] = Int32(index)
    }
  }
}

extension String {
  /// Whether both have the same bytes.
  package func isSameText(as other: String) -> Bool {
    let (ownText, otherText) = (utf8, other.utf8)
    let (own, others) = (ownText.span, otherText.span)
    guard own.count == others.count else { return false }
    for index in own.indices where own[index] != others[index] { return false }
    return true
  }
}
