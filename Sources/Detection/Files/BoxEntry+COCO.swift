internal import Foundation

extension BoxEntry {
  /// A list of results, or a data set with `images` and `annotations`.
  static func readCOCO(_ data: Data, file: String) throws -> [BoxEntry] {
    let isList = data.first { !$0.isBlank } == UInt8(ascii: "[")
    let dataSet: DataSet
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      dataSet =
        isList
        ? DataSet(annotations: try decoder.decode([Annotation].self, from: data))
        : try decoder.decode(DataSet.self, from: data)
    } catch {
      throw DetectionError(
        "\(file): this is not a COCO results list or a COCO or PoseTrack18 data set with \"images\" and "
          + "\"annotations\": \(error.place)")
    }
    let people = dataSet.annotations.filter { $0.isPerson(dataSet.personCategory) }
    if people.isEmpty, let other = dataSet.annotations.first?.categoryId {
      throw DetectionError(
        "\(file): no box has category_id \(dataSet.personCategory), the person; others have \(other)")
    }
    let names = Dictionary((dataSet.images ?? []).map { ($0.id, $0.fileName) }, uniquingKeysWith: { first, _ in first })
    let entries = try people.compactMap { try $0.entry(names: names, file: file) }
    if entries.isEmpty, !people.isEmpty {
      throw DetectionError("\(file): none of its \(people.count) annotations has a \"bbox\"")
    }
    return entries
  }

  private struct DataSet: Decodable {
    struct Image: Decodable {
      var id: ImageID
      var fileName: String?
    }

    struct Category: Decodable {
      var id: Int
      var name: String
    }

    var images: [Image]?
    var categories: [Category]?
    var annotations: [Annotation]

    var personCategory: Int { categories?.first { $0.name == "person" }?.id ?? 1 }
  }

  private enum ImageID: Decodable, Hashable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  /// COCO writes 0 or 1, PoseTrack18 also `false` or `true`.
  private struct Flag: Decodable {
    var isSet: Bool

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      isSet = try (try? container.decode(Bool.self)) ?? (container.decode(Int.self) != 0)
    }
  }

  private struct Annotation: Decodable {
    var imageId: ImageID
    var bbox: [Double]?
    var score: Double?
    var categoryId: Int?
    var iscrowd: Flag?

    func isPerson(_ category: Int) -> Bool {
      categoryId ?? category == category && iscrowd?.isSet != true
    }

    func entry(names: [ImageID: String?], file: String) throws -> BoxEntry? {
      guard let bbox else { return nil }
      guard bbox.count == 4 else {
        throw DetectionError("\(file): a \"bbox\" has \(bbox.count) numbers instead of x, y, width, height")
      }
      let frame: Frame
      switch (names[imageId].flatMap(\.self), imageId) {
      case (let name?, _): frame = .name(name)
      case (nil, .text(let text)): frame = .name(text)
      case (nil, .number(let number)): frame = .number(number)
      }
      return BoxEntry(
        frame: frame, x: bbox[0], y: bbox[1], width: bbox[2], height: bbox[3], score: score ?? 1)
    }
  }
}

extension Error {
  /// What a decoding error says, with the place in the file.
  fileprivate var place: String {
    guard let error = self as? DecodingError else { return localizedDescription }
    switch error {
    case .keyNotFound(let key, let context):
      return "\"\(key.stringValue)\" is missing\(context.path)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      return context.debugDescription + context.path
    @unknown default:
      return localizedDescription
    }
  }
}

extension DecodingError.Context {
  fileprivate var path: String {
    codingPath.isEmpty
      ? "" : " at " + codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
  }
}
