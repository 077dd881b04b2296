localStorage.visits = 1
