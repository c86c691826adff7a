/// Turns text in another encoding into UTF-8, piece by piece.
protocol TextConverter: AnyObject {
  /// Converts `input[range]` into `output[start...]` until the input is used up but for an unfinished character, or
  /// the output has no more room.
  func convert(
    _ input: [UInt8], _ range: Range<Int>, into output: inout [UInt8], from start: Int
  ) -> (consumed: Int, produced: Int, outcome: TextConversion)
}

/// Why a conversion step ended.
enum TextConversion {
  /// The input is used up.
  case done
  /// The input ends within a character.
  case incomplete
  /// The output is full.
  case full
  /// What follows is not text of this encoding.
  case invalid
}
