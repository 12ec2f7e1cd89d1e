package ui

import (
	"maps"
	"slices"
)

// IconName names one of our own drawings on a 24 by 24 grid.
type IconName string

// The icons. Each status uses its own, so that shape tells them apart without colour.
const (
	IconInfo      IconName = "info"
	IconWarning   IconName = "warning"
	IconError     IconName = "error"
	IconCheck     IconName = "check"
	IconDone      IconName = "done"
	IconPerson    IconName = "person"
	IconPeople    IconName = "people"
	IconExit      IconName = "exit"
	IconDown      IconName = "down"
	IconRight     IconName = "right"
	IconLeft      IconName = "left"
	IconClock     IconName = "clock"
	IconCalendar  IconName = "calendar"
	IconPlace     IconName = "place"
	IconPhoto     IconName = "photo"
	IconLetter    IconName = "letter"
	IconSend      IconName = "send"
	IconArrive    IconName = "arrive"
	IconReturn    IconName = "return"
	IconRefuse    IconName = "refuse"
	IconPen       IconName = "pen"
	IconHorn      IconName = "horn"
	IconScale     IconName = "scale"
	IconTrophy    IconName = "trophy"
	IconDownload  IconName = "download"
	IconUpload    IconName = "upload"
	IconLock      IconName = "lock"
	IconCircle    IconName = "circle"
	IconHalf      IconName = "half"
	IconLeaf      IconName = "leaf"
	IconPlus      IconName = "plus"
	IconSearch    IconName = "search"
	IconQuestion  IconName = "question"
	IconArchive   IconName = "archive"
	IconBroom     IconName = "broom"
	IconHourglass IconName = "hourglass"
)

// icons are paths drawn with a stroke of 2 in the current colour.
var icons = map[IconName]string{
	IconInfo:      "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 7.6v.4",
	IconWarning:   "M12 4 2.8 19.5h18.4ZM12 10v4.4M12 17v.2",
	IconError:     "M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2ZM12 7.6v5.2M12 16v.3",
	IconCheck:     "m5 12.6 4.6 4.6L19.4 7",
	IconDone:      "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-4.2-8.8 3 3 5.6-6",
	IconPerson:    "M12 12.2a4.1 4.1 0 1 0 0-8.2 4.1 4.1 0 0 0 0 8.2ZM4.2 20.4c.7-3.6 3.9-5.6 7.8-5.6s7.1 2 7.8 5.6",
	IconPeople:    "M9 11.6a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2ZM2.4 19.8c.5-3.3 3.2-5.2 6.6-5.2s6.1 1.9 6.6 5.2M15.6 4.9a3.4 3.4 0 0 1 0 6.4M18 15.1c2 .7 3.3 2.3 3.6 4.7",
	IconExit:      "M14 4H6v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5",
	IconDown:      "m6 9.5 6 6 6-6",
	IconRight:     "m9.5 5.5 6.5 6.5-6.5 6.5",
	IconLeft:      "M14.5 5.5 8 12l6.5 6.5",
	IconClock:     "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.2V12l3.2 2.2",
	IconCalendar:  "M4 6h16v14H4ZM4 10.5h16M8.5 3.5V8M15.5 3.5V8",
	IconPlace:     "M12 21.5c4.7-4.8 7-8.4 7-11.5a7 7 0 1 0-14 0c0 3.1 2.3 6.7 7 11.5ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
	IconPhoto:     "M3.5 7h4l1.7-2.5h5.6L16.5 7h4v12.5h-17ZM12 16.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4Z",
	IconLetter:    "M3 5.5h18v13H3ZM3.5 6.5 12 13l8.5-6.5",
	IconSend:      "M21 3.5 3 10.8l7 3.2 3.2 7ZM21 3.5 10 14",
	IconArrive:    "M4 12.5V20h16v-7.5M12 3.5V15M7.5 11l4.5 4.5 4.5-4.5",
	IconReturn:    "M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3.5",
	IconRefuse:    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.7 8.7l6.6 6.6M15.3 8.7l-6.6 6.6",
	IconPen:       "m4 20 1-4.5L16.5 4 20 7.5 8.5 19ZM14 6.5l3.5 3.5",
	IconHorn:      "M4 9.5v5h3.5L15 19V5L7.5 9.5ZM18.5 9a4.5 4.5 0 0 1 0 6",
	IconScale:     "M5 21 3.5 9h17L19 21ZM8.5 9a3.5 3.5 0 0 1 7 0M12 14.5l2.2-2.2",
	IconTrophy:    "M7.5 3.5h9v6.3a4.5 4.5 0 0 1-9 0ZM7.5 5H4v2a3.5 3.5 0 0 0 3.5 3.5M16.5 5H20v2a3.5 3.5 0 0 1-3.5 3.5M12 14.5V18M8 20.5h8",
	IconDownload:  "M12 3.5V15M7.5 10.5 12 15l4.5-4.5M4 20h16",
	IconUpload:    "M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4 20h16",
	IconLock:      "M5 11h14v9.5H5ZM8 11V8a4 4 0 0 1 8 0v3",
	IconCircle:    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17Z",
	IconHalf:      "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 3.5v17M15.5 5v14M18.5 8v8",
	IconLeaf:      "M5 19C4 10 9 4.5 20 4c.5 11-4.5 16.5-12.5 15.5ZM4 21c2.5-5 6-8.5 10.5-10.5",
	IconPlus:      "M12 5v14M5 12h14",
	IconSearch:    "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20.5 20.5",
	IconQuestion:  "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.4 9.3a2.7 2.7 0 1 1 3.7 2.5c-.8.4-1.1.9-1.1 1.9M12 16.6v.2",
	IconArchive:   "M3.5 4.5h17v4h-17ZM5 8.5V20h14V8.5M9.5 12.5h5",
	IconBroom:     "M12 3v8M8 11h8l1 4H7ZM7 15l-1.5 6h13L17 15M10.5 21v-2.5M14 21v-2.5",
	IconHourglass: "M6 3.5h12M6 20.5h12M7.5 3.5c0 4.5 4.5 5.5 4.5 8.5s-4.5 4-4.5 8.5M16.5 3.5c0 4.5-4.5 5.5-4.5 8.5s4.5 4 4.5 8.5",
}

// IconNames lists all icons in alphabetical order.
func IconNames() []IconName { return slices.Sorted(maps.Keys(icons)) }
