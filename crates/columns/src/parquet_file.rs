//! A table as the bytes of a Parquet file.
//!
//! In: a [`Table`]. Out: bytes (format version 1.0, Snappy, one row group for a million rows). What always holds: every column is optional; days are
//! `DATE`; meanings are key–value metadata.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::{Column, Table, Values};

/// Rows of one row group.
const GROUP: usize = 1 << 20;

/// The bytes of a Parquet file.
///
/// # Errors
/// What the writer cannot encode, in words.
pub fn parquet(table: &Table, made_by: &str) -> Result<Vec<u8>, String> {
    write(table, made_by).map_err(|e| e.to_string())
}

fn write(table: &Table, made_by: &str) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(|c| field(c).map(Arc::new)).collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::new(Type::group_type_builder("table").with_fields(fields).build()?);
    let meanings =
        table.columns.iter().map(|c| KeyValue::new(format!("column:{}", c.name), c.meaning.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(made_by.to_owned())
        .set_key_value_metadata(Some(meanings.collect()))
        .build();
    let mut out = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut out, schema, Arc::new(properties))?;
    let mut from = 0;
    while from < table.rows() {
        let to = (from + GROUP).min(table.rows());
        let mut group = writer.next_row_group()?;
        for c in &table.columns {
            match &c.values {
                Values::Int(v) | Values::Day(v) => column::<Int32Type>(&mut group, &v[from..to])?,
                Values::Float(v) => column::<DoubleType>(&mut group, &v[from..to])?,
                Values::Text(v) => {
                    let bytes = |t: &Option<String>| t.as_deref().map(ByteArray::from);
                    let cells: Vec<Option<ByteArray>> = v[from..to].iter().map(bytes).collect();
                    column::<ByteArrayType>(&mut group, &cells)?;
                }
            }
        }
        group.close()?;
        from = to;
    }
    writer.close()?;
    Ok(out)
}

fn field(c: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match c.values {
        Values::Int(_) => (Physical::INT32, None),
        Values::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        Values::Float(_) => (Physical::DOUBLE, None),
        Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(&c.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    cells: &[Option<T::T>],
) -> Result<(), ParquetError> {
    let there: Vec<T::T> = cells.iter().flatten().cloned().collect();
    let levels: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("fewer columns than the schema has".to_owned()));
    };
    column.typed::<T>().write_batch(&there, Some(&levels), None)?;
    column.close()
}
