package units_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"sachhon/internal/decree"
	"sachhon/internal/decree/decreetest"
	"sachhon/internal/paper"
	"sachhon/internal/paper/docx"
)

// TestTheFormOfALetterThatWasReadIn: the page of 1903/UBND-VH shows its three departures, each with its line, what the
// decree asks and the clause.
func TestTheFormOfALetterThatWasReadIn(t *testing.T) {
	source, err := os.ReadFile("../../letter/testdata/1903-UBND-VH.txt")
	if err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(t *testing.T, w *world) {
		page := w.get(townClerk, w.paste(t, string(source)))
		page.want(t, "the letter", 200,
			"Thể thức: 3 điểm khác Nghị định 30/2020/NĐ-CP",
			"Quốc hiệu ghi “HOÀ”; Nghị định ghi “HÒA”.", "Nên xem lại", "khoản 1 điểm a",
			"Dòng nơi kính gửi cuối cùng kết thúc bằng “;”, không phải dấu chấm.", "Mỗi nơi một dòng",
			"Sau “Lưu” thiếu dấu hai chấm.", "Dòng cuối ghi “Lưu: VT, …”.", "Phụ lục I, Phần I, Mục II, khoản 9 điểm d")
		list := between(t, page.Raw, `<ul class="departures__list">`, "</ul>")
		if n := strings.Count(list, `href="#line-`); n != 3 {
			t.Errorf("%d departures lead to their lines:\n%s", n, list)
		}

		clean := w.get(townClerk, w.paste(t, decreetest.Letter().Text()))
		clean.want(t, "a letter in form", 200)
		if strings.Contains(clean.Raw, "departures") {
			t.Error("a letter in form is said to depart from it")
		}
	})
}

// TestTheFormOfThePartyIsItsOwn: of a letter that the decree does not cover the page says so, and finds no fault with it.
func TestTheFormOfThePartyIsItsOwn(t *testing.T) {
	source, err := os.ReadFile("../../letter/testdata/letters/g02-party.txt")
	if err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(t *testing.T, w *world) {
		page := w.get(townClerk, w.paste(t, string(source)))
		page.want(t, "the letter", 200, "406-CV/BTGTU", "Văn bản của Đảng hoặc Đoàn có thể thức riêng, không thuộc Nghị định 30/2020/NĐ-CP.")
		if strings.Contains(page.Raw, "departures") {
			t.Error("a letter of the Party is said to depart from the decree")
		}
	})
}

// TestTheFormOfADOCX: of a file the page also says how it is set.
func TestTheFormOfADOCX(t *testing.T) {
	set := decree.Lay(decreetest.Letter(), decree.Options{})
	set.Sections[0].Page.Left = 25.4 * paper.MM
	var file bytes.Buffer
	if err := docx.Write(&file, set); err != nil {
		t.Fatal(err)
	}
	eachWorld(t, func(t *testing.T, w *world) {
		path := "/don-vi/cong-van/moi?don-vi=" + string(w.Town.ID)
		a := w.upload(t, townClerk, path, values("id", string(w.IDs.New()), "unit", string(w.Town.ID)), "1903.docx", file.Bytes())
		w.get(townClerk, a.Location).want(t, "the letter", 200,
			"Thể thức: 1 điểm khác Nghị định 30/2020/NĐ-CP", "Lề trái 25,4 mm.", "mép trái 30-35 mm", "Phụ lục I, Phần I, Mục I, khoản 3")
	})
}
