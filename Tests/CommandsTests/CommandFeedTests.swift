import Foundation
import Testing

struct CommandFeedTests {
  private func feed(_ folder: TestFolder, _ lines: [String]) throws -> (TestFolder.Outcome, [[String: Any]]) {
    let file = try folder.write(lines.joined(separator: "\n") + "\n", "feed.jsonl")
    let outcome = folder.run("record", "--from", file)
    let answers = outcome.output.split(separator: "\n").map { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]) ?? [:]
    }
    return (outcome, answers)
  }

  private let at = #""at":"2026-03-05T10:00:00Z""#

  @Test func `a warehouse and a carrier feed a whole order, and the feed again changes nothing`() throws {
    let folder = try TestFolder.filled()
    let lines = [
      #"{"command":"receive","sku":"TEA","location":"north","quantity":5,"cost":"4.00","key":"r1",\#(at)}"#,
      #"{"command":"place","order":"F-1","channel":"web","lines":[{"sku":"TEA","quantity":3,"price":"12.50"}],\#(at)}"#,
      #"{"command":"pay","order":"F-1","amount":"37.50","method":"card","key":"p1",\#(at)}"#,
      #"{"event":"validated","order":"F-1","actor":"system","at":"2026-03-05T10:01:00Z"}"#,
      #"{"command":"approve","order":"F-1","actor":"bo","at":"2026-03-05T10:02:00Z"}"#,
      #"{"command":"allocate","order":"F-1","location":"north","carrier":"SF","key":"a1","at":"2026-03-05T10:03:00Z"}"#,
      #"{"event":"released","order":"F-1","leg":1,"at":"2026-03-05T10:04:00Z"}"#,
      #"{"event":"labelled","order":"F-1","leg":1,"carrier":"SF","waybill":"W-1","at":"2026-03-05T10:05:00Z"}"#,
      // The carrier's feed comes out of order.
      #"{"event":"delivered","order":"F-1","leg":1,"at":"2026-03-06T10:00:00Z"}"#,
      #"{"event":"shipped","order":"F-1","leg":1,"at":"2026-03-05T12:00:00Z"}"#,
      #"{"command":"return","order":"F-1","step":"request","lines":[{"sku":"TEA","quantity":1}],"key":"q1",\#(at)}"#,
      #"{"command":"return","order":"F-1","step":"authorise","key":"q2",\#(at)}"#,
      #"{"command":"return","order":"F-1","step":"receive","location":"north","key":"q3",\#(at)}"#,
      #"{"command":"refund","order":"F-1","amount":"12.50","method":"card","key":"q4",\#(at)}"#,
    ]
    let (outcome, answers) = try feed(folder, lines)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(answers.compactMap { $0["line"] as? Int } == Array(1...lines.count))
    #expect(
      folder.run("inventory", "get", "TEA", "--format", "csv", "--no-header").output.hasPrefix("TEA,north,3,0,0,3,"))
    let track = folder.run("track", "F-1", "--format", "csv", "--columns", "node,occurred_at,event").output
    #expect(track.contains("shipped,2026-03-05T12:00:00.000Z,\ndelivered,2026-03-06T10:00:00.000Z,"), "\(track)")
    #expect(folder.run("verify").status == 0)
    let hash = folder.contentHash()
    let (again, replays) = try feed(folder, lines)
    #expect(again.status == 0, "\(again.output)")
    #expect(replays.allSatisfy { $0["outcome"] as? String == "unchanged" }, "\(again.output)")
    #expect(folder.contentHash() == hash)
  }

  @Test func `a kit is made by a command or a line of a feed, and tells how many there could be`() throws {
    let folder = try TestFolder.filled()
    let (outcome, _) = try feed(
      folder,
      [
        #"{"command":"receive","sku":"POT","location":"north","quantity":3,\#(at)}"#,
        #"{"command":"receive","sku":"CUP","location":"north","quantity":5,\#(at)}"#,
        #"{"command":"sku","sku":"SET","components":[{"sku":"POT","quantity":1},{"sku":"CUP","quantity":2}],\#(at)}"#,
        #"{"command":"place","order":"K-1","profile":"simple","lines":[{"sku":"SET","quantity":1,"price":"9"}],\#(at)}"#,
        #"{"command":"reserve","order":"K-1","location":"north",\#(at)}"#,
      ])
    #expect(outcome.status == 0, "\(outcome.output)")
    func stock(_ sku: String) -> String {
      folder.run("inventory", "get", sku, "--format", "csv", "--no-header").output
    }
    #expect(stock("SET").hasPrefix("SET,north,0,0,0,1,") && stock("CUP").hasPrefix("CUP,north,5,2,0,3,"))
    #expect(folder.run("inventory", "atp", "SET", "--format", "csv", "--no-header").output.hasSuffix(",1\n"))
    let made = folder.run("inventory", "kit", "PAIR", "--component", "CUP:2", "--name", "Two cups")
    #expect(made.status == 0 && made.output.hasPrefix("PAIR: a kit of CUP:2 at sequence"), "\(made.errors)")
    #expect(folder.run("inventory", "kit", "BOX", "--component", "SET:1").status == 4)
    #expect(folder.run("verify").status == 0)
  }

  @Test func `a refused line says why and does not stop the others`() throws {
    let folder = try TestFolder.filled()
    let (outcome, answers) = try feed(
      folder,
      [
        #"{"command":"hold","order":"3","kind":"fraud",\#(at)}"#,
        #"{"command":"hold","order":"3",\#(at)}"#,
        #"{"command":"hold","order":"404","kind":"fraud",\#(at)}"#,
        "no json",
        #"{"event":"teleported","order":"3",\#(at)}"#,
        #"{"command":"note","order":"3","text":"茶","at":"yesterday-ish"}"#,
        #"{"command":"unhold","order":"3","kind":"fraud",\#(at)}"#,
        #"{"command":"credit","channel":"web","order":"3","lines":[],\#(at)}"#,
        #"{"command":"credit","channel":"web","number":"R1","lines":[{"sku":"TEA","quantity":1}],\#(at)}"#,
        #"{"command":"validate","order":"3","failed":["price","address"],\#(at)}"#,
        #"{"command":"validate","order":"3","failed":["weather"],\#(at)}"#,
        #"{"command":"validate","order":"3","failed":"price",\#(at)}"#,
      ])
    #expect(outcome.status == 2)
    #expect(
      answers.map { $0["code"] as? String ?? "-" } == [
        "-", "OB2115", "OB3101", "OB2115", "OB2115", "OB2115", "-", "OB2115", "OB2115", "-", "OB2115", "OB2115",
      ])
    #expect(answers[1]["message"] as? String == "kind is missing")
    #expect(answers[7]["message"] as? String == "number is missing")
    #expect(answers[8]["message"] as? String == "price is missing")
    #expect(answers[10]["message"] as? String == "no exception kind 'weather'")
    #expect(answers[11]["message"] as? String == "failed is no list")
    #expect(folder.run("order", "get", "3").status == 0)
  }

  /// The golden set of the KPI dictionary, G1; its figures are tested with the Analytics.
  @Test func `a month's orders are fed from a file, and its figures come out to the decimal`() throws {
    let folder = try TestFolder()
    folder.run("init", "--tz", "Asia/Shanghai", "--currency", "CNY")
    let file = DocumentExamplesTests.root.appending(path: "Tests/AnalyticsTests/Fixtures/g1.jsonl").path
    let outcome = folder.run("record", "--from", file)
    #expect(outcome.status == 0, "\(outcome.output)")
    let answers = outcome.output.split(separator: "\n")
    #expect(answers.count == 141)
    let verification = folder.run("verify")
    #expect(verification.status == 0, "\(verification.output)")
    let figures = folder.run(
      "kpi", "K01", "K08:paid", "K10:commit", "K37:returning", "K42:net", "K43", "--period", "2026-03",
      "--attribution", "created", "--as-of", "2026-04-15", "--format", "csv", "--columns", "kpi,value")
    #expect(
      figures.output == """
        kpi,value
        K01:all,18600000
        K08:paid,0.666666666667
        K10:commit,0.777777777778
        K37:returning,0.666666666667
        K42:net,25900.00
        K43:value,2888.89

        """, "\(figures.errors)")
    for (sku, counters) in [("A", "9,0,0,9,540.00"), ("B", "4,0,0,4,120.00"), ("C", "0,0,0,0,0.00")] {
      let stock = folder.run("inventory", "get", sku, "--format", "csv", "--no-header").output
      #expect(stock.hasPrefix("\(sku),SH-1,\(counters),"), "\(stock)")
    }
    let hash = folder.contentHash()
    let again = folder.run("record", "--from", file)
    #expect(again.status == 0, "\(again.output)")
    #expect(folder.contentHash() == hash)
  }
}
