/// The nearest-rank quantile: the value at place ceil(p · n) of the sorted values, p = `numerator` / `denominator`.
///
/// p = 0 gives the smallest value, p = 1 the largest. No interpolation: the answer is one of the values.
///
/// - Parameters:
///   - values: Reordered, so that the next quantile of the same values is found faster.
///   - numerator: 0 to `denominator`.
///   - denominator: 1 to 1,000,000.
/// - Returns: Nil when there are no values.
/// - Complexity: Linear on average, n log n at worst.
package func nearestRank(of values: inout [Int64], numerator: Int, denominator: Int) -> Int64? {
  precondition((1...1_000_000).contains(denominator) && (0...denominator).contains(numerator), "p is from 0 to 1")
  guard !values.isEmpty else { return nil }
  // Below 10^6 · 2^43 values this cannot overflow.
  let rank = (numerator * values.count + denominator - 1) / denominator
  var span = values.mutableSpan
  return select(max(rank, 1) - 1, in: &span)
}

/// The value at `place` (from 0) of the sorted values, which are reordered. Linear on average, n log n at worst.
package func value(atPlace place: Int, of values: inout [Int64]) -> Int64 {
  precondition(values.indices.contains(place), "a place among the values")
  var span = values.mutableSpan
  return select(place, in: &span)
}

/// Puts the value that sorting would put at `place` there, the smaller ones before it and the larger ones behind.
private func select(_ place: Int, in values: inout MutableSpan<Int64>) -> Int64 {
  var low = 0
  var high = values.count - 1
  // A run of bad pivots: sort what is left instead.
  var attemptsLeft = 2 * (Int.bitWidth - values.count.leadingZeroBitCount)
  while high - low > 16 && attemptsLeft > 0 {
    attemptsLeft -= 1
    let pivot = median(values[low], values[low + (high - low) / 2], values[high])
    var left = low
    var right = high
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if place <= right {
      high = right
    } else if place >= left {
      low = left
    } else {
      return values[place]
    }
  }
  if high - low > 16 {
    heapSort(&values, from: low, through: high)
  } else {
    insertionSort(&values, from: low, through: high)
  }
  return values[place]
}

private func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
  max(min(a, b), min(max(a, b), c))
}

private func insertionSort(_ values: inout MutableSpan<Int64>, from low: Int, through high: Int) {
  guard low < high else { return }
  for index in low + 1...high {
    let value = values[index]
    var hole = index
    while hole > low && values[hole - 1] > value {
      values[hole] = values[hole - 1]
      hole -= 1
    }
    values[hole] = value
  }
}

private func heapSort(_ values: inout MutableSpan<Int64>, from low: Int, through high: Int) {
  let count = high - low + 1
  for start in stride(from: count / 2 - 1, through: 0, by: -1) {
    siftDown(&values, from: low, at: start, count: count)
  }
  for end in stride(from: count - 1, to: 0, by: -1) {
    values.swapAt(low, low + end)
    siftDown(&values, from: low, at: 0, count: end)
  }
}

private func siftDown(_ values: inout MutableSpan<Int64>, from low: Int, at start: Int, count: Int) {
  var parent = start
  while true {
    var child = 2 * parent + 1
    guard child < count else { return }
    if child + 1 < count && values[low + child] < values[low + child + 1] { child += 1 }
    guard values[low + parent] < values[low + child] else { return }
    values.swapAt(low + parent, low + child)
    parent = child
  }
}
