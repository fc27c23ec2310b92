//! Importers: what they refuse and where, what they keep, and what comes out, on small files of our own making; and on the makers' own
//! files where they lie beside the repository.

mod fixture;
mod kept;
mod own_files;
mod refused;
