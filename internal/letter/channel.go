package letter

import (
	"cmp"
	"slices"
)

// Channel is a way to make something public: the eight kinds of grass-roots information in Decree 49/2024.
type Channel string

// The channels.
const (
	Loudspeaker Channel = "loudspeaker"
	NoticeBoard Channel = "notice_board"
	Bulletin    Channel = "bulletin"
	Print       Channel = "print"
	Meeting     Channel = "meeting"
	Portal      Channel = "portal"
	Social      Channel = "social"
	SMS         Channel = "sms"
)

// Channels lists all channels in the order in which pages show them.
func Channels() []Channel {
	return []Channel{Loudspeaker, NoticeBoard, Bulletin, Print, Meeting, Portal, Social, SMS}
}

// Valid tells whether c is one of the eight.
func (c Channel) Valid() bool { return slices.Contains(Channels(), c) }

// channelWords are the words that name a channel, as keys.
var channelWords = []struct {
	channel Channel
	words   []string
}{
	{Loudspeaker, []string{"truyền thanh", "phát thanh", "loa", "loa phường"}},
	{NoticeBoard, []string{"bảng tin", "bảng thông báo", "bảng niêm yết", "niêm yết"}},
	{Bulletin, []string{"bản tin", "tập san", "đặc san"}},
	{Print, []string{"tờ rơi", "tờ gấp", "tờ bướm", "áp phích", "pa nô", "pano", "pa-nô", "băng rôn", "băng-rôn", "khẩu hiệu", "ấn phẩm"}},
	{Meeting, []string{"cuộc họp", "họp", "hội nghị", "giao ban", "sinh hoạt chi bộ", "sinh hoạt chi đoàn", "sinh hoạt chi hội", "sinh hoạt tổ dân phố", "sinh hoạt dưới cờ", "chào cờ"}},
	{Portal, []string{"trang thông tin điện tử", "cổng thông tin", "trang tin điện tử", "trang web", "website"}},
	{Social, []string{"mạng xã hội", "facebook", "fanpage", "zalo", "youtube", "tiktok"}},
	{SMS, []string{"tin nhắn", "nhắn tin", "sms"}},
}

// channelsOf lists the channels that were named, in the order in which they were.
func channelsOf(names []channelName) []Channel {
	out := make([]Channel, len(names))
	for i, n := range names {
		out[i] = n.channel
	}
	return out
}

// channelName is where a text first names a channel, in its key.
type channelName struct {
	channel Channel
	at      reach
}

// channelNames are the first names of the channels in a key, in their order. Of two words that begin together the longer
// counts: "loa phường".
func channelNames(k string) []channelName {
	var names []channelName
	for _, c := range channelWords {
		first := channelName{c.channel, reach{from: -1}}
		for _, w := range c.words {
			at, ok := hasWord(k, w)
			if ok && (first.at.from < 0 || at < first.at.from || at == first.at.from && at+len(w) > first.at.to) {
				first.at = reach{at, at + len(w)}
			}
		}
		if first.at.from >= 0 {
			names = append(names, first)
		}
	}
	slices.SortStableFunc(names, func(a, b channelName) int { return cmp.Compare(a.at.from, b.at.from) })
	return names
}
