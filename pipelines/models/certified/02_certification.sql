delete from certification
