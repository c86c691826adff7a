import Testing

struct KPIListTests {
  @Test func `every figure is listed with its id, slug and variant, and defined as an answer defines it`() throws {
    let folder = try TestFolder.filled()
    let columns = ["--format", "csv", "--columns", "kpi,id,slug,variant,unit,direction"]
    let list = folder.run(["kpi", "list"] + columns).output.split(separator: "\n")
    #expect(list.contains("K13:index,K13,perfect_order,index,percent,up"))
    #expect(list.contains { $0.hasPrefix("K14,K14,open_backlog,,") })
    let defined = folder.run("kpi", "define", "K13:index", "K14", "--format", "csv")
    #expect(defined.status == 0)
    #expect(
      defined.output == folder.run("kpi", "K13:index", "K14", "--explain", "definition", "--format", "csv").output)
    #expect(folder.run("kpi", "define", "K99").status != 0)
  }
}
