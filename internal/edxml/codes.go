package edxml

import "slices"

// Status is what a receiver tells about a letter. Codes that are not listed here are kept and shown as they came.
type Status string

// The statuses. 04 is worded "phân công" in one source and "đã đến, đang chờ phân công" in another.
const (
	StatusArrived       Status = "01"
	StatusRefused       Status = "02"
	StatusReceived      Status = "03"
	StatusAssigned      Status = "04"
	StatusInProgress    Status = "05"
	StatusCompleted     Status = "06"
	StatusRecalled      Status = "13"
	StatusChangeAgreed  Status = "15" // the receiver agrees to an update or a recall
	StatusChangeRefused Status = "16"
)

// Statuses are the known codes in their order.
func Statuses() []Status {
	return []Status{
		StatusArrived, StatusRefused, StatusReceived, StatusAssigned, StatusInProgress, StatusCompleted, StatusRecalled,
		StatusChangeAgreed, StatusChangeRefused,
	}
}

// Known tells whether the regulation lists the code.
func (s Status) Known() bool { return slices.Contains(Statuses(), s) }

// Key is the message key of the code's name, "" for an unknown one.
func (s Status) Key() string { return keyOf(s.Known(), "edxml.status.", string(s)) }

// Business is what a package does: bring a letter, or change one that was brought before.
type Business string

// The kinds of business.
const (
	BusinessNew     Business = "0"
	BusinessRecall  Business = "1"
	BusinessUpdate  Business = "2"
	BusinessReplace Business = "3"
)

// Known tells whether the regulation lists the code.
func (b Business) Known() bool {
	return slices.Contains([]Business{BusinessNew, BusinessRecall, BusinessUpdate, BusinessReplace}, b)
}

// Key is the message key of the code's name, "" for an unknown one.
func (b Business) Key() string { return keyOf(b.Known(), "edxml.business.", string(b)) }

// Priority is how urgent a letter is.
type Priority string

// The priorities.
const (
	PriorityOrdinary  Priority = "0"
	PriorityUrgent    Priority = "1" // khẩn
	PriorityVery      Priority = "2" // thượng khẩn
	PriorityExpress   Priority = "3" // hỏa tốc
	PriorityScheduled Priority = "4" // hỏa tốc hẹn giờ
)

// Known tells whether the regulation lists the code.
func (p Priority) Known() bool {
	return slices.Contains([]Priority{PriorityOrdinary, PriorityUrgent, PriorityVery, PriorityExpress, PriorityScheduled}, p)
}

// Key is the message key of the code's name, "" for an unknown one.
func (p Priority) Key() string { return keyOf(p.Known(), "edxml.priority.", string(p)) }

// Steering says whether a letter directs. The two sources disagree: one lists 1 to 3, the other sends 0 for an ordinary
// letter; all four are taken.
type Steering string

// The values of SteeringType.
const (
	SteeringUnsaid    Steering = "0"
	SteeringNone      Steering = "1"
	SteeringDirects   Steering = "2"
	SteeringReportsOn Steering = "3"
)

// Known tells whether one of the sources lists the code.
func (s Steering) Known() bool {
	return slices.Contains([]Steering{SteeringUnsaid, SteeringNone, SteeringDirects, SteeringReportsOn}, s)
}

// Key is the message key of the code's name, "" for an unknown one.
func (s Steering) Key() string { return keyOf(s.Known(), "edxml.steering.", string(s)) }

func keyOf(known bool, family, code string) string {
	if !known {
		return ""
	}
	return family + code
}

// typeNames are the types of administrative documents by their number, from 1. Numbers 1 to 9 and 18 to 26 stand in the
// public excerpt of the amendment; 10 to 17 follow from the order of Decree 30/2020 between them.
var typeNames = []string{
	"Nghị quyết", "Quyết định", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn", "Chương trình",
	"Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình", "Hợp đồng", "Công văn", "Công điện",
	"Bản ghi nhớ", "Bản cam kết", "Bản thỏa thuận", "Giấy chứng nhận", "Giấy ủy quyền", "Giấy mời", "Giấy giới thiệu",
}
