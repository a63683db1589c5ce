//! Where the short source notes stand beside the text. Pure arithmetic in CSS pixels.

/// The space between two notes.
const GAP: f64 = 18.0;

/// A note is left out rather than moved further than this from its line (12 rem).
const FURTHEST: f64 = 192.0;

/// A note that would like to stand beside the line of its marker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    /// The top of the marker's line, from the top of the column.
    pub(super) line: f64,
    /// How tall the note is.
    pub(super) height: f64,
}

/// What became of the [`Wish`] at the same index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// The note stands here.
    At(f64),
    /// There was no room; the note is counted in the "+3" of the last one that stands, if any.
    Folded(Option<usize>),
}

/// Sets notes from top to bottom without overlap and inside a column of the given height.
///
/// A note moves down when the one before is in its way, up when the column ends below it, and is
/// folded away when neither keeps it near its line. Wishes must be in order of their lines.
pub(super) fn place(wishes: &[Wish], column: f64) -> Vec<Place> {
    let mut free_from = 0.0;
    let mut last_standing = None;
    let mut places = Vec::with_capacity(wishes.len());
    for (at, wish) in wishes.iter().enumerate() {
        let lowest = column - wish.height;
        let top = wish.line.max(free_from).min(lowest);
        if top < free_from || (top - wish.line).abs() > FURTHEST {
            places.push(Place::Folded(last_standing));
        } else {
            places.push(Place::At(top));
            free_from = top + wish.height + GAP;
            last_standing = Some(at);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(line: f64, height: f64) -> Wish {
        Wish { line, height }
    }

    #[test]
    fn a_note_with_room_stands_at_its_line() {
        assert_eq!(
            place(&[wish(40.0, 50.0), wish(300.0, 50.0)], 900.0),
            [Place::At(40.0), Place::At(300.0)]
        );
    }

    #[test]
    fn a_note_in_the_way_pushes_the_next_one_down() {
        assert_eq!(
            place(&[wish(0.0, 50.0), wish(10.0, 50.0)], 900.0),
            [Place::At(0.0), Place::At(68.0)]
        );
    }

    #[test]
    fn a_note_near_the_end_moves_up_into_the_column() {
        assert_eq!(place(&[wish(80.0, 50.0)], 100.0), [Place::At(50.0)]);
    }

    #[test]
    fn a_column_that_is_too_short_folds_its_note() {
        assert_eq!(place(&[wish(0.0, 50.0)], 30.0), [Place::Folded(None)]);
    }

    #[test]
    fn forty_citations_on_one_screen_never_overlap_nor_wander() {
        let wishes: Vec<_> = (0..40).map(|at| wish(f64::from(at) * 20.0, 62.0)).collect();
        let places = place(&wishes, 900.0);
        let mut bottom = f64::NEG_INFINITY;
        for (wish, place) in wishes.iter().zip(&places) {
            if let Place::At(top) = place {
                assert!(*top >= bottom + GAP || bottom.is_infinite());
                assert!((top - wish.line).abs() <= FURTHEST);
                bottom = top + wish.height;
            }
        }
        assert!(bottom <= 900.0);
        assert!(places.contains(&Place::Folded(Some(0))) || places.len() == 40);
    }
}
