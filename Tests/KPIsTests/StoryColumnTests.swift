import Testing

@testable import KPIs

struct StoryColumnTests {
  @Test func `rows of which nothing was told read empty, whatever lies between`() {
    var column = StoryColumn(empty: -1)
    column[10_000] = 5
    #expect(column[0] == -1 && column[10_000] == 5 && column[1 << 20] == -1)
    #expect(column.values(9_999..<10_002) == [-1, 5, -1])
    var found: [Int] = []
    column.forEach { row, value in found += [row, Int(value)] }
    #expect(found == [10_000, 5])
  }

  @Test func `columns add up`() {
    var (left, right) = (StoryColumn(), StoryColumn())
    left[1] = 2
    right[1] = 3
    right[5_000] = 4
    left.add(right)
    #expect(left[1] == 5 && left[5_000] == 4)
  }

  @Test func `lowering and raising keep the better of two`() {
    var column = StoryColumn(empty: Int64.max)
    column.lower(3, to: 7)
    column.lower(3, to: 9)
    #expect(column[3] == 7)
    var latest = StoryColumn(empty: Int64.min)
    latest.raise(3, to: 7)
    latest.raise(3, to: 5)
    #expect(latest[3] == 7)
  }
}
