//! Values of flags: areas, sizes, times, addresses, with their units.
//!
//! Owns: their spelling. Errors are texts for clap, which names the flag.

use std::time::Duration;

use ipnet::IpNet;

/// Square metres of `400`, `400m2`, `1ha`, `0.5km2`, `0,5km2`.
pub fn area_m2(text: &str) -> Result<f64, String> {
    const UNITS: &str = "m2, ha or km2";
    let text = text.trim();
    let end = text.find(char::is_alphabetic).unwrap_or(text.len());
    let (number, unit) = (text[..end].trim(), text[end..].trim());
    if number.is_empty() {
        return Err(format!("`{text}` does not start with a number; write it as 400, 1.5ha or 0.5km2"));
    }
    let factor = match unit.to_lowercase().as_str() {
        "" | "m2" | "m²" => 1.0,
        "ha" => 10_000.0,
        "km2" | "km²" => 1_000_000.0,
        _ => return Err(format!("unknown unit `{unit}`; use {UNITS}")),
    };
    if let Some((whole, rest)) = number.split_once(',')
        && rest.len() == 3
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && whole != "0"
    {
        return Err(format!("`{number}` may be {whole} or {whole}{rest}; write it without the comma"));
    }
    let value: f64 = number.replace(',', ".").parse().map_err(|_| format!("`{number}` is not a number"))?;
    if !value.is_finite() {
        Err(format!("`{number}` is too large"))
    } else if value.is_sign_negative() && value != 0.0 {
        Err(format!("`{number}` is below 0"))
    } else {
        Ok(value.abs() * factor)
    }
}

/// Bytes of `4096`, `64KiB`, `8MiB`, `1GiB`.
pub fn size_bytes(text: &str) -> Result<u64, String> {
    let (number, unit) = split_unit(text);
    let factor: u64 = match unit {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(format!("unknown unit `{unit}`; use B, KiB, MiB or GiB")),
    };
    let number: u64 = number.parse().map_err(|_| format!("`{number}` is not a whole number"))?;
    number.checked_mul(factor).ok_or_else(|| "too large".into())
}

/// Time of `500ms`, `15s`, `2min`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = split_unit(text);
    let number: u64 = number.parse().map_err(|_| format!("`{number}` is not a whole number"))?;
    let time = match unit {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        "min" => Duration::from_secs(number.saturating_mul(60)),
        _ => return Err(format!("unknown unit `{unit}`; use ms, s or min")),
    };
    if time.is_zero() { Err("no time at all".into()) } else { Ok(time) }
}

fn split_unit(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

pub fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1".into()),
        Ok(n) => Ok(n),
        Err(_) => Err(format!("`{text}` is not a whole number")),
    }
}

pub fn ip_net(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("`{text}` is neither an address nor a CIDR block such as 10.0.0.0/8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_sizes_and_times_are_read_with_their_units() {
        assert_eq!(area_m2("1ha"), Ok(10_000.0));
        assert_eq!(area_m2("0.5km2"), Ok(500_000.0));
        assert_eq!(area_m2("12"), Ok(12.0));
        for text in ["1HA", "1Ha", "1 ha", "0.01KM2", "10000 M²"] {
            assert_eq!(area_m2(text), Ok(10_000.0), "{text}");
        }
        assert_eq!(area_m2("1,5ha"), Ok(15_000.0));
        assert_eq!(area_m2("0,125km2"), Ok(125_000.0));
        assert_eq!(size_bytes("8MiB"), Ok(8 << 20));
        assert!(size_bytes("1.5MiB").is_err());
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert!(duration("5").is_err());
        assert!(duration("0s").is_err());
    }

    #[test]
    fn an_area_that_cannot_be_read_says_whether_number_or_unit_is_wrong() {
        let check = |text: &str, told: &str| {
            let error = area_m2(text).expect_err(text);
            assert!(error.contains(told), "{text}: {error}");
        };
        check("-1ha", "`-1` is below 0");
        check("1acre", "unknown unit `acre`; use m2, ha or km2");
        for text in ["nan", "foo", "ha", ""] {
            check(text, &format!("`{text}` does not start with a number"));
        }
        check("1,5,5ha", "`1,5,5` is not a number");
        check("1.2.3", "`1.2.3` is not a number");
        check("10,000m2", "`10,000` may be 10 or 10000");
    }

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_block() {
        assert_eq!(ip_net("10.0.0.0/8").map(|n| n.to_string()), Ok("10.0.0.0/8".into()));
        assert_eq!(ip_net("::1").map(|n| n.to_string()), Ok("::1/128".into()));
        assert!(ip_net("proxy.example").is_err());
    }
}
