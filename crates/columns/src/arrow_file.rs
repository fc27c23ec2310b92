//! A table as the bytes of an Arrow IPC file (Feather, version 2).
//!
//! In: a [`Table`]. Out: bytes, uncompressed, one batch. What always holds: every column may have gaps; days are `date32`; meanings are metadata of
//! their columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema};

use crate::{Column, Table, Values};

/// The bytes of an Arrow IPC file.
///
/// # Errors
/// What the writer cannot encode, in words.
pub fn arrow(table: &Table, made_by: &str) -> Result<Vec<u8>, String> {
    write(table, made_by).map_err(|e| e.to_string())
}

fn write(table: &Table, made_by: &str) -> Result<Vec<u8>, ArrowError> {
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    let schema =
        Schema::new(fields).with_metadata(HashMap::from([("created_by".to_owned(), made_by.to_owned())]));
    let schema = Arc::new(schema);
    let batch = RecordBatch::try_new(Arc::clone(&schema), table.columns.iter().map(array).collect())?;
    let mut out = Vec::new();
    let mut writer = FileWriter::try_new(&mut out, &schema)?;
    writer.write(&batch)?;
    writer.finish()?;
    drop(writer);
    Ok(out)
}

fn field(c: &Column) -> Field {
    let of = match c.values {
        Values::Int(_) => DataType::Int32,
        Values::Day(_) => DataType::Date32,
        Values::Float(_) => DataType::Float64,
        Values::Text(_) => DataType::Utf8,
    };
    Field::new(&c.name, of, true).with_metadata(HashMap::from([("meaning".to_owned(), c.meaning.clone())]))
}

fn array(c: &Column) -> ArrayRef {
    match &c.values {
        Values::Int(v) => Arc::new(Int32Array::from(v.clone())),
        Values::Day(v) => Arc::new(Date32Array::from(v.clone())),
        Values::Float(v) => Arc::new(Float64Array::from(v.clone())),
        Values::Text(v) => Arc::new(StringArray::from(v.clone())),
    }
}
