-- What every store has from the start: themes, states of a replication, settings, funding sources and
-- ratings. Rows that are there already stay as they are; people may change, add and retire any of them.

insert or ignore into theme (code, name_mn, name_en, position) values
  ('eservice', 'Цахим үйлчилгээ', 'Online services', 1),
  ('service', 'Төрийн үйлчилгээний чанар', 'Service quality', 2),
  ('participation', 'Иргэдийн оролцоо', 'Participation', 3),
  ('waste', 'Хог хаягдал', 'Waste', 4),
  ('green', 'Ногоон байгууламж', 'Greening', 5),
  ('space', 'Нийтийн талбай, тохижилт', 'Public space', 6),
  ('infra', 'Дэд бүтэц, ус, ариун цэвэр', 'Infrastructure, water and sanitation', 7),
  ('safety', 'Аюулгүй байдал, гамшиг', 'Safety and disasters', 8),
  ('social', 'Нийгмийн хамгаалал, эрүүл мэнд', 'Social protection and health', 9),
  ('youth', 'Хүүхэд, залуучууд, боловсрол', 'Children, youth and education', 10),
  ('work', 'Ажил эрхлэлт, орлого', 'Livelihoods', 11),
  ('admin', 'Дотоод ажил, хүний нөөц', 'Internal administration', 12);

insert or ignore into replication_status (code, name_mn, name_en, position, counts, active) values
  ('planned', 'Төлөвлөсөн', 'Planned', 1, 0, 1),
  ('funded', 'Санхүүжсэн', 'Funded', 2, 0, 1),
  ('in_progress', 'Хэрэгжиж буй', 'In progress', 3, 0, 1),
  ('completed', 'Дууссан', 'Completed', 4, 1, 1),
  ('stopped', 'Зогссон', 'Stopped', 5, 0, 0);

insert or ignore into setting (code, name_mn, name_en, position) values
  ('ger', 'Гэр хороолол', 'Ger area', 1),
  ('apartment', 'Орон сууцны хороолол', 'Apartment area', 2),
  ('mixed', 'Холимог', 'Mixed', 3),
  ('rural', 'Хөдөө', 'Rural', 4);

insert or ignore into funding_source (code, name_mn, name_en, position, direct) values
  ('own', 'Хорооны өөрийн төсөв', 'Own budget', 1, 1),
  ('district', 'Дүүргийн төсөв', 'District budget', 2, 0),
  ('city', 'Нийслэлийн төсөв', 'City budget', 3, 0),
  ('ldf', 'Орон нутгийн хөгжлийн сан', 'Local Development Fund', 4, 0),
  ('donor', 'Хандивлагч байгууллага', 'Donor', 5, 0),
  ('private', 'Хувийн хэвшил', 'Private sector', 6, 0),
  ('residents', 'Иргэд', 'Residents', 7, 0);

insert or ignore into rating (code, name_mn, name_en, position) values
  ('outstanding', 'Онцгой сайн', 'Outstanding', 1),
  ('good', 'Сайн', 'Good', 2),
  ('needs_improvement', 'Сайжруулах шаардлагатай', 'Needs improvement', 3),
  ('with_support', 'Дэмжлэгтэй', 'With support', 4);
