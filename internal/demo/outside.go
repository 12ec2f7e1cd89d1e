package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sachhon/internal/cascade"
	"sachhon/internal/edxml"
	"sachhon/internal/exchange"
	"sachhon/internal/ident"
	"sachhon/internal/person"
)

// The other document system of the demo is a folder: nothing leaves the machine.
const (
	partnerID  = "truc-tinh"
	townOrgan  = "H57.99.01" // nobody's
	otherOrgan = "H57.99.02"
	lostOrgan  = "H57.99.03" // known to nobody
)

// meetOutside writes the file of partners beside the demo's data, with the folder that stands for the province's axis.
func meetOutside(data string) (exchange.Config, error) {
	folder := filepath.Join(data, "lien-thong")
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return exchange.Config{}, fmt.Errorf("demo: %w", err)
	}
	list := fmt.Sprintf(`{"partners": [{"id": %q, "name": "Trục liên thông của tỉnh (thư mục của bản trình diễn)", "way": "folder", "folder": %q}]}`,
		partnerID, folder)
	path := filepath.Join(data, "partners.json")
	if err := os.WriteFile(path, []byte(list+"\n"), 0o600); err != nil {
		return exchange.Config{}, fmt.Errorf("demo: %w", err)
	}
	return exchange.Config{Partners: path}, nil
}

// outside has the department send its plan to the town from its own document system, and another letter to an organ that
// nobody knows. The town's steps are reported back.
func (k *contest) outside(_ context.Context) {
	codes := fmt.Sprintf("unit,organ,partner\n%s,%s,\n%s,%s,%s\n", townCode, townOrgan, departmentCode, otherOrgan, partnerID)
	k.on(at(3, 8, 0), func(ctx context.Context) error {
		if _, err := k.Exchange.ImportCodes(ctx, person.SystemActor, strings.NewReader(codes)); err != nil {
			return err
		}
		return k.comes(ctx, "1518", "Thử thách làm cho thế giới sạch hơn trên nền tảng số Hue-S", townOrgan)
	})
	k.on(at(3, 8, 5), func(ctx context.Context) error {
		return k.comes(ctx, "1519", "Bộ tài liệu tuyên truyền của Cuộc thi", lostOrgan)
	})
	var came ident.ID
	step := func(do func(ctx context.Context, actor person.Actor) error) func(context.Context) error {
		return func(ctx context.Context) error {
			clerk, err := k.as(ctx, townClerk)
			if err != nil {
				return err
			}
			return do(ctx, clerk)
		}
	}
	k.on(at(3, 9, 30), step(func(ctx context.Context, clerk person.Actor) error {
		town, err := k.unit(townCode)
		if err != nil {
			return err
		}
		in, err := k.Cascade.Inbox(ctx, clerk, town.ID, 1)
		if err != nil || len(in.Items) == 0 {
			return err
		}
		came = in.Items[0].ID
		_, err = k.Cascade.Receive(ctx, clerk, came)
		return err
	}))
	k.on(at(4, 9, 0), step(func(ctx context.Context, clerk person.Actor) error {
		d, err := k.Cascade.Get(ctx, clerk, came)
		if err != nil {
			return err
		}
		_, err = k.Cascade.Assign(ctx, clerk, came, d.Version, cascade.Instruction{
			Lead: "Phòng Văn hóa và Thông tin", Text: "Tham mưu Công văn triển khai.",
		})
		return err
	}))
	k.on(at(6, 9, 40), step(func(ctx context.Context, clerk person.Actor) error {
		if _, err := k.Cascade.Start(ctx, clerk, came); err != nil {
			return err
		}
		_, err := k.Cascade.Complete(ctx, clerk, came, "Đã ban hành Công văn số 1903/UBND-VH.")
		return err
	}))
}

// comes hands over a package as the other system writes it.
func (k *contest) comes(ctx context.Context, number, subject, to string) error {
	body, err := edxml.Write(edxml.Message{Letter: &edxml.Letter{
		From: edxml.Organ{ID: otherOrgan, Name: "Sở Thông tin và Truyền thông tỉnh Thừa Thiên Huế"}, To: []edxml.Organ{{ID: to}},
		Number: number, Notation: "KH-STTTT", Place: "Thừa Thiên Huế", Date: "2024-05-31", TypeName: "Kế hoạch", Subject: subject,
		Signer:      edxml.Signer{Position: "GIÁM ĐỐC", Name: "Nguyễn Văn Mẫu"},
		Attachments: []edxml.Attachment{{Name: "ke-hoach.txt", Type: "text/plain; charset=utf-8", Body: []byte(planText)}},
	}})
	if err != nil {
		return err
	}
	for _, p := range k.Exchange.Partners() {
		if p.ID == partnerID {
			_, err = k.Exchange.Accept(ctx, p, body)
		}
	}
	return err
}
