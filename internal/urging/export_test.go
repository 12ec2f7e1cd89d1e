package urging

// LookAtMost bounds what a page of what is stuck looks through.
func (s *Service) LookAtMost(dispatches int) { s.atMost = dispatches }
