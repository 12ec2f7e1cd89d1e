package scene

import (
	"bytes"
	"encoding/binary"
	"slices"
	"time"
)

// Taken returns the photograph with the time a phone's camera writes into it, so that the platform has something to
// check and to keep private.
func Taken(photo []byte, at time.Time) []byte {
	segment := exif(at)
	head := []byte{0xff, 0xe1, byte((len(segment) + 2) >> 8), byte(len(segment) + 2)}
	return slices.Concat(photo[:2], head, segment, photo[2:])
}

// exif is an APP1 segment with DateTimeOriginal and its offset: a TIFF of one directory that points to another.
func exif(at time.Time) []byte {
	const (
		exifIFD            = 0x8769
		dateTimeOriginal   = 0x9003
		offsetTimeOriginal = 0x9011
		ascii, long        = 2, 4
	)
	var tiff bytes.Buffer
	put := func(v any) {
		if err := binary.Write(&tiff, binary.BigEndian, v); err != nil {
			panic("scene: writing into memory failed: " + err.Error())
		}
	}
	entry := func(tag, kind uint16, count, value uint32) {
		put(tag)
		put(kind)
		put(count)
		put(value)
	}
	date, offset := at.Format("2006:01:02 15:04:05")+"\x00", at.Format("-07:00")+"\x00"
	const first, second, texts = 8, 8 + 2 + 12 + 4, 8 + 2 + 12 + 4 + 2 + 24 + 4
	tiff.WriteString("MM\x00\x2a")
	put(uint32(first))
	put(uint16(1))
	entry(exifIFD, long, 1, second)
	put(uint32(0))
	put(uint16(2))
	entry(dateTimeOriginal, ascii, uint32(len(date)), texts)
	entry(offsetTimeOriginal, ascii, uint32(len(offset)), uint32(texts+len(date)))
	put(uint32(0))
	tiff.WriteString(date + offset)
	return append([]byte("Exif\x00\x00"), tiff.Bytes()...)
}
