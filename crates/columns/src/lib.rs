//! Tables as CSV, Parquet and Arrow IPC, for DuckDB, Polars, R arrow and Spark.
//!
//! In: columns of whole numbers, dates, decimals and text, and what each column means. Out: the bytes of a file, or of one for each
//! value of a column. What always holds: an empty cell is null, never 0; names and order are those of the table; meanings stand in the
//! file; the same table gives the same bytes. Parquet and Arrow are features, off by default.

#[cfg(feature = "arrow")]
mod arrow_file;
#[cfg(feature = "parquet")]
mod parquet_file;
mod table;

#[cfg(feature = "arrow")]
pub use arrow_file::arrow;
#[cfg(feature = "parquet")]
pub use parquet_file::parquet;
pub use table::{Column, Table, Values};
