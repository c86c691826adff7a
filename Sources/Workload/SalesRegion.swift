/// Where parcels go.
package struct SalesRegion: Sendable, Hashable {
  package var name: String
  package var cities: [String]
  /// Share of the customers, in percent.
  package var weight: Int
  /// Index of the warehouse that serves it.
  package var warehouse: Int
  /// Hours on the road from there, median.
  package var roadHours: Int

  package static let all: [SalesRegion] = [
    SalesRegion(name: "广东", cities: ["广州", "深圳", "佛山"], weight: 18, warehouse: 1, roadHours: 16),
    SalesRegion(name: "浙江", cities: ["杭州", "宁波"], weight: 13, warehouse: 0, roadHours: 14),
    SalesRegion(name: "江苏", cities: ["南京", "苏州"], weight: 13, warehouse: 0, roadHours: 14),
    SalesRegion(name: "上海", cities: ["上海"], weight: 12, warehouse: 0, roadHours: 10),
    SalesRegion(name: "北京", cities: ["北京"], weight: 11, warehouse: 2, roadHours: 10),
    SalesRegion(name: "四川", cities: ["成都", "绵阳"], weight: 9, warehouse: 3, roadHours: 18),
    SalesRegion(name: "湖北", cities: ["武汉"], weight: 8, warehouse: 0, roadHours: 30),
    SalesRegion(name: "陕西", cities: ["西安"], weight: 7, warehouse: 3, roadHours: 34),
    SalesRegion(name: "辽宁", cities: ["沈阳", "大连"], weight: 6, warehouse: 2, roadHours: 36),
    SalesRegion(name: "新疆", cities: ["乌鲁木齐"], weight: 3, warehouse: 3, roadHours: 84),
  ]
}
