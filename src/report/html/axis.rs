//! The axis of a picture: where values lie on it, and which values it names.

/// An axis from nothing, or where values lie far apart from a power of ten, to
/// just over the greatest value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    /// Whether each step is ten times the last.
    pub logarithmic: bool,
}

/// Values further apart than this would be one line on an even axis.
const FAR: f64 = 40.0;

impl Axis {
    /// The axis for some values, of which at least one is over 0.
    pub fn over(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.into_iter().filter(|value| value.is_finite() && *value > 0.0).collect();
        let high = values.iter().copied().reduce(f64::max)?;
        let low = values.iter().copied().reduce(f64::min)?;
        if high / low > FAR {
            let low = 10_f64.powf(low.log10().floor());
            return Some(Self { low, high: 10_f64.powf(high.log10().ceil()), logarithmic: true });
        }
        let step = step(high);
        let high = if high > step * (high / step).floor() { step * ((high / step).floor() + 1.0) } else { high };
        Some(Self { low: 0.0, high, logarithmic: false })
    }

    /// Where a value lies, in percent of the axis.
    pub fn place(&self, value: f64) -> f64 {
        let share = if self.logarithmic {
            (value.max(self.low).log10() - self.low.log10()) / (self.high.log10() - self.low.log10())
        } else {
            value / self.high
        };
        (share.clamp(0.0, 1.0) * 10_000.0).round() / 100.0
    }

    /// The values that are named, ascending.
    pub fn ticks(&self) -> Vec<f64> {
        if self.logarithmic {
            let powers = self.low.log10().round() as i32..=self.high.log10().round() as i32;
            return powers.map(|power| 10_f64.powi(power)).collect();
        }
        let step = step(self.high);
        let count = (self.high / step).round() as usize;
        (0..=count).map(|at| at as f64 * step).collect()
    }
}

/// The distance of round numbers that parts a length into four to ten.
fn step(length: f64) -> f64 {
    let power = 10_f64.powf(length.log10().floor());
    let leading = length / power;
    power
        * if leading <= 1.5 {
            0.25
        } else if leading <= 3.0 {
            0.5
        } else if leading <= 7.5 {
            1.0
        } else {
            2.0
        }
}

/// A number as people write it: no more decimals than it needs.
pub(super) fn written(value: f64) -> String {
    let rounded = format!("{value:.4}");
    let plain = rounded.trim_end_matches('0').trim_end_matches('.');
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = whole.parse().map_or_else(
        |_| whole.to_owned(),
        |whole: usize| {
            if whole < 10_000 { whole.to_string() } else { super::markup::number(whole) }
        },
    );
    if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64]) -> Vec<String> {
        Axis::over(values.iter().copied()).unwrap().ticks().into_iter().map(written).collect()
    }

    #[test]
    fn an_axis_begins_at_nothing_and_names_round_numbers() {
        assert_eq!(ticks(&[10.0, 25.0, 50.0]), ["0", "10", "20", "30", "40", "50"]);
        assert_eq!(ticks(&[150.0, 75.0]), ["0", "25", "50", "75", "100", "125", "150"]);
        assert_eq!(ticks(&[7.0, 14.0]).last().unwrap(), "15");
        assert_eq!(ticks(&[12_000.0]).last().unwrap(), "12,500");
    }

    #[test]
    fn values_far_apart_are_drawn_by_powers_of_ten() {
        let axis = Axis::over([2.5, 250.0]).unwrap();
        assert!(axis.logarithmic);
        assert_eq!(axis.ticks(), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!((axis.place(1.0), axis.place(1000.0), axis.place(10.0)), (0.0, 100.0, 33.33));
    }

    #[test]
    fn nothing_lies_outside() {
        let axis = Axis::over([10.0, 50.0]).unwrap();
        assert_eq!((axis.place(0.0), axis.place(f64::INFINITY), axis.place(25.0)), (0.0, 100.0, 50.0));
        assert_eq!(Axis::over([0.0]), None);
    }
}
