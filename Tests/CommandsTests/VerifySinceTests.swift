import Foundation
import Testing

struct VerifySinceTests {
  @Test func `what the newest facts touched is checked, and what was not is told`() throws {
    let folder = try TestFolder.filled()
    let lines = folder.run("verify", "--format", "csv", "--no-header").output.split(separator: "\n")
    let sequence = try #require(lines.first { $0.hasPrefix("sequence,") }?.dropFirst(9))
    folder.run("order", "note", "3", "hello")
    let outcome = folder.run("verify", "--since", String(sequence))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("sound as far as looked at, behind sequence \(sequence)"))
    let csv = folder.run("verify", "--since", String(sequence), "--format", "csv", "--no-header").output
    for line in ["groups,1", "orders_checked,1", "lines_checked,1", "cells_checked,0", "findings,0"] {
      #expect(csv.split(separator: "\n").contains { $0 == line }, "\(line) in \(csv)")
    }
    #expect(csv.contains("not_checked,\"groups 1 to \(sequence), "))
    #expect(folder.run("verify", "--since", "9999").status == 64)
  }

  @Test func `damage within reach ends with status 6`() throws {
    let folder = try TestFolder.filled()
    folder.run("order", "note", "3", "a note to be damaged")
    var bytes = try folder.bytes("s.orders")
    let note = Data("a note to be damaged".utf8)
    var start = bytes.startIndex
    while let found = bytes.range(of: note, in: start..<bytes.endIndex) {
      bytes[found.lowerBound] ^= 1
      start = found.upperBound
    }
    try folder.write(Array(bytes), "damaged.orders")
    let damaged = folder.path("damaged.orders")
    #expect(folder.run("verify", "--since", "1", store: damaged).status == 6)
  }
}
