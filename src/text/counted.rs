//! Counts in words.

/// `1 ring`, `2 rings`.
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_is_no_plural() {
        let told = [0, 1, 2].map(|n| super::counted(n, "gap", "gaps"));
        assert_eq!(told, ["0 gaps", "1 gap", "2 gaps"]);
    }
}
