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

// channelsIn returns the channels that a text names, in the order in which it names them.
func channelsIn(text string) []Channel {
	type hit struct {
		at      int
		channel Channel
	}
	k := key(text)
	var hits []hit
	for _, c := range channelWords {
		first := -1
		for _, w := range c.words {
			if at, ok := hasWord(k, w); ok && (first < 0 || at < first) {
				first = at
			}
		}
		if first >= 0 {
			hits = append(hits, hit{first, c.channel})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(a.at, b.at) })
	out := make([]Channel, len(hits))
	for i, h := range hits {
		out[i] = h.channel
	}
	return out
}
