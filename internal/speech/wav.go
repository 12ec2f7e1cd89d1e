package speech

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// Sound is uncompressed sound of 16 bits.
type Sound struct {
	Rate     int // samples a second
	Channels int
	Data     []byte // little endian, the channels in turn
}

var errNoSound = errors.New("speech: this is no WAV of 16 bits")

// ParseWAV reads a WAV file. A program that writes into a pipe cannot know the lengths in its headers beforehand, so what
// is there counts.
func ParseWAV(b []byte) (Sound, error) {
	if len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		return Sound{}, errNoSound
	}
	var s Sound
	for rest := b[12:]; len(rest) >= 8; {
		name, size := string(rest[:4]), int64(binary.LittleEndian.Uint32(rest[4:]))
		rest = rest[8:]
		size = min(size, int64(len(rest)))
		chunk := rest[:size]
		switch name {
		case "fmt ":
			if len(chunk) < 16 || binary.LittleEndian.Uint16(chunk) != 1 || binary.LittleEndian.Uint16(chunk[14:]) != 16 {
				return Sound{}, errNoSound
			}
			s.Channels, s.Rate = int(binary.LittleEndian.Uint16(chunk[2:])), int(binary.LittleEndian.Uint32(chunk[4:]))
		case "data":
			if s.Channels < 1 || s.Channels > 8 || s.Rate < 1000 || s.Rate > 384_000 {
				return Sound{}, errNoSound
			}
			s.Data = chunk[:len(chunk)-len(chunk)%(2*s.Channels)]
			return s, nil
		}
		if size%2 == 1 && int64(len(rest)) > size {
			size++
		}
		rest = rest[size:]
	}
	return Sound{}, errNoSound
}

// WAV writes the file with the lengths it really has, which players need to show the time.
func (s Sound) WAV() []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, 44+len(s.Data))
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, uint32(36+len(s.Data)))
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, uint16(s.Channels))
	b = le.AppendUint32(b, uint32(s.Rate))
	b = le.AppendUint32(b, uint32(s.Rate*s.Channels*2))
	b = le.AppendUint16(b, uint16(s.Channels*2))
	b = le.AppendUint16(b, 16)
	b = append(b, "data"...)
	b = le.AppendUint32(b, uint32(len(s.Data)))
	return append(b, s.Data...)
}

// Duration is how long it sounds.
func (s Sound) Duration() time.Duration {
	if s.Rate == 0 || s.Channels == 0 {
		return 0
	}
	return time.Duration(len(s.Data)/2/s.Channels) * time.Second / time.Duration(s.Rate)
}

// Loudness is the root mean square of the samples, 0 for silence and 1 for the loudest there can be.
func (s Sound) Loudness() float64 {
	if len(s.Data) < 2 {
		return 0
	}
	sum := 0.0
	for i := 0; i+1 < len(s.Data); i += 2 {
		v := float64(int16(binary.LittleEndian.Uint16(s.Data[i:]))) / 32768
		sum += v * v
	}
	return math.Sqrt(sum / float64(len(s.Data)/2))
}
