import Testing

struct SwiftCodeTests {
  @Test func `comments and the contents of strings are not code`() {
    let code = SwiftCode(
      #"""
      let a = "print(" // print(
      /* print(
         /* print( */ */ print(1)
      let b = """
        print(
        """
      let c = "\"print("; show(c)
      """#)
    #expect(code.lines(with: "print(") == [3])
    #expect(code.lines(with: "show(") == [7])
  }

  @Test(arguments: [
    ("import LMDB", "LMDB"), ("internal import LMDB", "LMDB"), ("public import struct Columns.Table", "Columns"),
    ("@_exported public import OrderModel", "OrderModel"), ("  package   import  Columns", "Columns"),
    ("@testable import Workload", "Workload"), ("import Glibc.stdlib", "Glibc"),
  ])
  func `an import is recognised in every form`(line: String, module: String) {
    #expect(SwiftCode("let x = 1\n" + line).imports.map(\.module) == [module])
    #expect(SwiftCode("let x = 1\n" + line).imports.map(\.line) == [2])
  }

  @Test(arguments: ["// import LMDB", "let text = \"import LMDB\"", "important(LMDB)", "func load(import LMDB: Int)"])
  func `what only looks like an import is none`(line: String) { #expect(SwiftCode(line).imports.isEmpty) }

  @Test func `a word inside a longer name does not count`() {
    let code = SwiftCode("reopen(file)\nfile.open(now)\nopen(path)\nunsafePointer\nunsafe pointer\nnonisolated(unsafe)")
    #expect(code.lines(with: "open(") == [2, 3])
    #expect(code.lines(with: "open(", notAfter: ["."]) == [3])
    #expect(code.lines(with: "unsafe") == [5, 6])
  }
}
