//! The data folder: where it is, and that only one program uses it.

use std::env;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The folder that holds runs and index, locked for this process until it is dropped.
#[derive(Debug)]
pub(crate) struct DataFolder {
    path: PathBuf,
    // The system gives the lock back when the file is closed, also after a kill.
    _lock: File,
}

impl DataFolder {
    /// Makes the folder if needed and locks it.
    pub(crate) fn open(path: &Path) -> Result<Self, DataError> {
        let fail = |cause| DataError::Unusable { path: path.to_owned(), cause };
        fs::create_dir_all(path).map_err(fail)?;
        let lock = File::create(path.join("lock")).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(DataError::InUse { path: path.to_owned() }),
            Err(TryLockError::Error(cause)) => Err(fail(cause)),
        }
    }

    pub(crate) fn runs(&self) -> PathBuf {
        self.path.join("runs.db")
    }

    pub(crate) fn library(&self) -> PathBuf {
        self.path.join("library.db")
    }
}

/// Why the data folder cannot be used.
#[derive(Debug)]
pub(crate) enum DataError {
    InUse { path: PathBuf },
    Unusable { path: PathBuf, cause: io::Error },
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InUse { path } => write!(
                f,
                "another fathom is using the data folder {}; stop it, or choose another folder with --data",
                path.display()
            ),
            Self::Unusable { path, cause } => write!(
                f,
                "the data folder {} cannot be used ({cause}); choose another one with --data",
                path.display()
            ),
        }
    }
}

/// The data folder of this user, by the conventions of the system.
pub(crate) fn default_folder() -> Option<PathBuf> {
    let from =
        |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(windows) {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("fathom"))
}
