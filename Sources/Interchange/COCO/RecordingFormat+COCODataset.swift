internal import Files

extension RecordingFormat {
  package static let cocoDataset = RecordingFormat(
    name: "coco-dataset", summary: "a COCO data set: images, annotations, categories; of COCO-WholeBody, too",
    suffixes: [".coco-dataset.json"], namesPictures: true,
    lacks: [.names, .times, .personScores, .keypointScores, .appearance, .provenance],
    recognises: { start in start.first == "{" && start.mentions(anyOf: ["images", "annotations", "categories"]) },
    reader: .text { (file, name, options) throws(FileError) in
      try RecordingReader(coco: file, named: name, options)
    },
    boxes: { (file) throws(FileError) in try BoxList.coco(file) },
    writer: { (target, header, options) throws(FileError) in
      try COCODatasetWriter(target, header: header, options)
    })
}
