package letter

// readSigner reads the signature: authority lines ("TM. …", "KT. …"), the position, the name below.
func (rd *reader) readSigner() {
	cells := rd.foot.signature
	if len(cells) == 0 {
		rd.warn("signerMissing", "signer", rd.endLines())
		return
	}
	s := Signer{Capacity: []string{}}
	for _, c := range cells {
		switch {
		case !isUpper(c.text):
			if s.Name == "" {
				s.Name = withoutTitle(c.text)
			}
		case reCapacity.MatchString(c.text):
			s.Capacity = append(s.Capacity, c.text)
		case s.Position == "" && len(s.Capacity) > 0 && !namesPosition(c.text):
			s.Capacity[len(s.Capacity)-1] += " " + c.text // the organ's name on a second line
		case s.Position == "":
			s.Position = c.text
		}
	}
	s.takePositionFromCapacity()
	at := linesOf(cells)
	rd.out.Signer = &Field[Signer]{Value: s, Lines: at, Uncertain: s.Name == ""}
	if s.Name == "" {
		rd.warn("signerNameMissing", "signer", at)
	}
}

// takePositionFromCapacity: "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH" names the position by itself; "TL. CHỦ TỊCH" alone does not,
// and stays as it is.
func (s *Signer) takePositionFromCapacity() {
	if s.Position != "" || len(s.Capacity) == 0 {
		return
	}
	last := s.Capacity[len(s.Capacity)-1]
	if at := reCapacity.FindStringSubmatch(last); at != nil && at[1] == "Q" {
		s.Position = last
	}
}
