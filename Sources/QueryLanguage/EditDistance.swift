/// How far two words lie apart, for "did you mean".
package enum EditDistance {
  /// How many letters must be added, dropped, changed or swapped with their neighbour to turn one word into the other.
  ///
  /// - Returns: Nil where it takes more than `limit`.
  package static func between(_ left: String, _ right: String, limit: Int) -> Int? {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var distance = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          distance = min(distance, beforeLast[column - 1] + 1)
        }
        current.append(distance)
      }
      beforeLast = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }

  /// The known name someone who wrote `word` may have meant: within distance 2 (1 for words up to three letters), else
  /// the shortest that begins with `word`. Nil where nothing is near.
  package static func suggestion(for word: String, among names: some Sequence<String>) -> String? {
    let limit = word.unicodeScalars.count <= 3 ? 1 : 2
    var best: (distance: Int, name: String)?
    var prefixed: String?
    for name in names.sorted() {
      if let distance = between(word, name, limit: limit), distance < best?.distance ?? .max {
        best = (distance, name)
      }
      let isCloser = name.utf8.count < prefixed?.utf8.count ?? .max
      if word.unicodeScalars.count >= 2, name.hasPrefix(word), isCloser { prefixed = name }
    }
    return best?.name ?? prefixed
  }
}
