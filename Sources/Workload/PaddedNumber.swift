extension String {
  /// `prefix`, then `number` in decimal with leading zeros to `width` digits; `number` is at least 0.
  init(prefix: String, number: Int, width: Int) {
    precondition(number >= 0, "a number of the workload is not negative")
    let digits = String(number)
    self = prefix
    for _ in 0..<Swift.max(0, width - digits.utf8.count) { append("0") }
    append(digits)
  }
}
