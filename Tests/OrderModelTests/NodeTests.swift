import OrderModel
import Testing

struct NodeTests {
  @Test func `fifteen nodes lead from placed to delivered`() {
    #expect(Node.keyNodes.count == 15)
    #expect(Node.keyNodes.first == .placed)
    #expect(Node.keyNodes.last == .delivered)
  }

  @Test(arguments: Node.allCases)
  func `a node is found by its name in any case`(node: Node) {
    #expect(Node(name: node.name) == node)
    #expect(Node(name: node.name.uppercased().split(separator: "_").joined(separator: "-")) == node)
  }

  @Test func `an unknown name is no node`() { #expect(Node(name: "dispatched") == nil) }
}
