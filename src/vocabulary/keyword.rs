//! Enums whose values are words in the vocabulary files.

/// Declares an enum with one word a variant, which it is read from and shown
/// as. To add a variant is to add one line.
macro_rules! keywords {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every variant with its word, in the order of declaration.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $word)),+];

            /// The word that stands for it in the vocabulary files.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(word: &str) -> Result<Self, String> {
                let found = Self::ALL.iter().find(|(_, name)| *name == word);
                found.map(|(value, _)| *value).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|(_, name)| *name).collect();
                    format!("none of {}", known.join(", "))
                })
            }
        }
    };
}

pub(super) use keywords;
