//! Tables as Parquet, for DuckDB, Polars, R arrow and Spark. Without the feature `parquet` there is the table and no writer.
//!
//! In: a CSV table of whole numbers, dates and decimals, and what each column means. Out: the bytes of a Parquet file, or of one for each
//! value of a column. What always holds: an empty cell is null, never 0; names and order are those of the CSV; meanings stand in the
//! file as `column:NAME`; the same table gives the same bytes.

#[cfg(feature = "parquet")]
mod parquet_file;
mod table;

#[cfg(feature = "parquet")]
pub use parquet_file::parquet;
pub use table::{Column, Table, Values};
